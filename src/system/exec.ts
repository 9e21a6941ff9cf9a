import type { ExecOptions, ExecResult } from '@piko/sdk'
import { execa, type Options, type Result, type ResultPromise } from 'execa'
import { stat } from 'node:fs/promises'
import { constants } from 'node:os'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { systemErrors } from '../errors/system.js'

/**
 * Every program that piko waits for runs through this file. `signal` stops a program with SIGTERM, then with SIGKILL
 * after five seconds.
 */
export interface ProgramOptions extends Omit<ExecOptions, 'signal'> {
  readonly signal?: AbortSignal | undefined
  /** Runs `tool` as a command line in the user's own shell. For the user's scripts only. */
  readonly shell?: boolean
}

/**
 * Runs a program and waits for it. Throws `TOOL_MISSING` if it cannot be started, `TOOL_FAILED` if it exits with a code
 * other than 0 (unless `allowFailure`), and the signal's reason if that is aborted.
 */
export async function exec(
  tool: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ExecResult> {
  options.signal?.throwIfAborted()
  const child = execa(tool, args, execaOptions(options))
  const stopWatching = endOnAbort(child, options)
  try {
    const streams = connect(child, options)
    if (options.onLine) {
      const from = options.to ? 'stderr' : 'all'
      for await (const line of child.iterable({ from })) options.onLine(String(line))
    }
    const result = await child
    await streams.drained
    if (streams.broken !== undefined) throw streams.broken
    return await outcome(tool, args, { options, result })
  } finally {
    stopWatching()
  }
}

interface Streams {
  /** The error of one of the caller's streams. */
  broken: unknown
  /** Resolves when all of the program's stdout has been written. */
  drained: Promise<void>
}

/**
 * Connects the caller's streams to the program and stops it when one of them fails. If the program closes its stdin
 * early, its exit code decides.
 */
function connect(child: ResultPromise, { from, to }: ProgramOptions): Streams {
  const streams: Streams = { broken: undefined, drained: Promise.resolve() }
  const fail = (error: unknown) => {
    streams.broken ??= error
    sendTo(child.pid, 'SIGKILL')
  }
  if (from && child.stdin) void pipeline(guarded(from, fail), child.stdin).catch(() => undefined)
  if (to && child.stdout) streams.drained = pipeline(child.stdout, to).catch(fail)
  return streams
}

async function* guarded(
  from: AsyncIterable<Uint8Array>,
  fail: (error: unknown) => void,
): AsyncIterable<Uint8Array> {
  try {
    yield* from
  } catch (error) {
    fail(error)
    throw error
  }
}

/** Signals the program and its children: it leads its own process group. */
function sendTo(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal)
  } catch {
    // It has already exited.
  }
}

/** Runs a program and returns its stdin and stdout as one stream. An error of the program is an error of the stream. */
export function dial(
  tool: string,
  args: readonly string[],
  options: {
    readonly cwd: string
    readonly env: Readonly<Record<string, string | undefined>>
    readonly signal: AbortSignal
  },
): Duplex {
  const { cwd, env, signal } = options
  // As in `exec`: piko itself handles Ctrl-C on the terminal.
  return execa(tool, args, { cwd, env, cancelSignal: signal, buffer: false, detached: true }).duplex()
}

async function outcome(
  tool: string,
  args: readonly string[],
  { options, result }: { readonly options: ProgramOptions; readonly result: Result },
): Promise<ExecResult> {
  options.signal?.throwIfAborted()
  const exitCode = result.exitCode ?? signalCode(result.signal)
  if (exitCode === undefined) throw await startFailure(tool, options.cwd, result)
  const output = { stdout: String(result.stdout ?? ''), stderr: String(result.stderr ?? ''), exitCode }
  if (exitCode === 0 || options.allowFailure) return output
  throw systemErrors.TOOL_FAILED({ command: [tool, ...args], ...output, cause: result })
}

function execaOptions(options: ProgramOptions): Options {
  return {
    cwd: options.cwd,
    env: options.env,
    extendEnv: true,
    reject: false,
    all: !options.to,
    shell: options.shell ?? false,
    // Ctrl-C reaches a whole process group. A program that piko supervises gets its own group; one that owns the
    // terminal does not.
    detached: options.terminal !== true,
    ...(options.terminal
      ? { stdio: 'inherit' }
      : {
          stdin: options.input === undefined && !options.from ? 'ignore' : 'pipe',
          input: options.input,
        }),
    buffer: options.to ? { stdout: false, stderr: true, all: false } : options.terminal !== true,
    maxBuffer: 200_000_000,
  } as Options // exactOptionalPropertyTypes: execa accepts undefined options
}

function signalCode(signal: string | undefined): number | undefined {
  if (signal === undefined) return undefined
  const numbers: Readonly<Record<string, number>> = constants.signals
  return 128 + (numbers[signal] ?? 0)
}

/** Stops the program and its children: it leads its own process group, unless it owns the terminal. */
function endOnAbort(child: ResultPromise, options: ProgramOptions): () => void {
  let killer: NodeJS.Timeout | undefined
  const send = (signal: NodeJS.Signals) => {
    if (options.terminal) child.kill(signal)
    else sendTo(child.pid, signal)
  }
  const end = () => {
    send('SIGTERM')
    killer = setTimeout(() => send('SIGKILL'), 5000)
  }
  options.signal?.addEventListener('abort', end, { once: true })
  return () => {
    options.signal?.removeEventListener('abort', end)
    clearTimeout(killer)
  }
}

async function startFailure(tool: string, cwd: string | undefined, cause: unknown): Promise<Error> {
  const folderExists = cwd === undefined || (await stat(cwd).catch(() => undefined)) !== undefined
  return folderExists
    ? systemErrors.TOOL_MISSING({ tool, cause })
    : systemErrors.FOLDER_MISSING({ tool, folder: cwd, cause })
}
