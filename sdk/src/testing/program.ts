import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { failure } from '../errors.js'
import type { DialOptions, ExecOptions, ExecResult, ProcessOptions } from '../tools.js'

/** Runs a real program as the host does, without logging. */
export function runProgram(tool: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    options.signal?.throwIfAborted()
    const child = spawn(tool, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: [options.input === undefined && !options.from ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
    })
    const streams = connect(child, options)
    const forget = endOnAbort(child, options.signal)
    const output = { stdout: '', stderr: '' }
    const collect = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
      output[stream] += chunk.toString()
      for (const line of chunk.toString().split('\n')) if (line !== '') options.onLine?.(line)
    }
    if (!options.to) child.stdout?.on('data', collect('stdout'))
    child.stderr?.on('data', collect('stderr'))
    child.on('error', cause => {
      reject(
        failure({ code: 'TOOL_MISSING', message: `\`${tool}\` could not be started`, kind: 'tool', cause }),
      )
    })
    child.on('close', code => {
      forget()
      const result = { stdout: output.stdout.trimEnd(), stderr: output.stderr.trimEnd(), exitCode: code ?? 1 }
      void streams.drained.then(() => {
        if (options.signal?.aborted) reject(options.signal.reason as Error)
        else if (streams.broken !== undefined) reject(streams.broken)
        else if (result.exitCode === 0 || options.allowFailure) resolve(result)
        else reject(toolFailed([tool, ...args], result))
      })
    })
    if (!options.from) child.stdin?.end(options.input)
  })
}

/** Kills the program and its children, such as the plugin behind `docker compose`, which keeps its output open. */
function endOnAbort(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  let killer: NodeJS.Timeout | undefined
  const send = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name)
    } catch {
      // It has already exited.
    }
  }
  const end = () => {
    send('SIGTERM')
    killer = setTimeout(() => send('SIGKILL'), 5000)
  }
  signal?.addEventListener('abort', end, { once: true })
  return () => {
    signal?.removeEventListener('abort', end)
    clearTimeout(killer)
  }
}

/** Connects the caller's streams to the program. `broken` is the first error. */
function connect(child: ChildProcess, { from, to }: ExecOptions) {
  const streams: { broken: unknown; drained: Promise<void> } = {
    broken: undefined,
    drained: Promise.resolve(),
  }
  const fail = (error: unknown) => {
    streams.broken ??= error
    child.kill('SIGKILL')
  }
  const source = async function* (chunks: AsyncIterable<Uint8Array>) {
    try {
      yield* chunks
    } catch (error) {
      fail(error)
      throw error
    }
  }
  if (from && child.stdin) void pipeline(source(from), child.stdin).catch(() => undefined)
  if (to && child.stdout) streams.drained = pipeline(child.stdout, to).catch(fail)
  return streams
}

/** Connects to a real program, as the host does. */
export function dialProgram(
  tool: string,
  args: readonly string[],
  { cwd, env }: Required<DialOptions>,
): Duplex {
  const child = spawn(tool, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  return Duplex.from({ readable: child.stdout, writable: child.stdin })
}

function toolFailed(command: readonly string[], result: ExecResult): Error {
  return failure({
    code: 'TOOL_FAILED',
    message: `\`${command.join(' ')}\` failed (exit code ${result.exitCode})`,
    details: `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-10),
    kind: 'tool',
  })
}

/** Starts a real program that keeps running, as the host does. */
export async function startProgram(
  tool: string,
  args: readonly string[],
  { cwd, env, log }: ProcessOptions,
): Promise<{ readonly pid: number }> {
  mkdirSync(dirname(log), { recursive: true })
  const output = openSync(log, 'a')
  const child = spawn(tool, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', output, output],
  })
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  closeSync(output)
  child.unref()
  return { pid: child.pid ?? 0 }
}
