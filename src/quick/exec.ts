import type { ExecResult } from '@piko/sdk'
import { spawn, type SpawnOptions } from 'node:child_process'
import { constants } from 'node:os'
import type { ProgramOptions } from '../system/exec.js'
import { notQuick, NotQuick } from './not-quick.js'

/**
 * In quick bundles, this file replaces `system/exec.ts`, whose library takes longer to load than a short program runs.
 * It runs a program on the terminal, or one that only prints; anything else is not quick, and neither is a failure.
 */
export async function exec(
  tool: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ExecResult> {
  const { onLine, input, from, to, shell, signal, cwd, terminal } = options
  if (onLine ?? input ?? from ?? to ?? shell) return notQuick()
  const env = { ...process.env, ...options.env }
  const place = { ...(cwd === undefined ? {} : { cwd }), env }
  const result = terminal
    ? await onTerminal(tool, args, place)
    : await captured(tool, args, signal ? { ...place, signal } : place)
  return result.exitCode === 0 || options.allowFailure ? result : notQuick()
}

export function dial(): never {
  return notQuick()
}

/** The program alone decides what Ctrl-C means. It must not be started a second time. */
async function onTerminal(tool: string, args: readonly string[], options: SpawnOptions): Promise<ExecResult> {
  const ignore = () => undefined
  process.on('SIGINT', ignore)
  const child = spawn(tool, args, { ...options, stdio: 'inherit' })
  const end = () => child.kill('SIGTERM')
  process.on('SIGTERM', end)
  try {
    return { stdout: '', stderr: '', exitCode: await ended(child) }
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', end)
  }
}

async function captured(tool: string, args: readonly string[], options: SpawnOptions): Promise<ExecResult> {
  // Leads its own process group: piko handles Ctrl-C.
  const child = spawn(tool, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const [output, errors]: [Buffer[], Buffer[]] = [[], []]
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk))
  const exitCode = await ended(child)
  return { stdout: textOf(output), stderr: textOf(errors), exitCode }
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(new NotQuick('the program could not be started')))
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

/** Without the last line break, as `system/exec.ts` returns it. */
function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, '')
}
