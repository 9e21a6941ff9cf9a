import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { privateModes } from './write-file.js'
import { systemErrors } from '../errors/system.js'

/** Starts a program that outlives piko, in its own process group, with stdout and stderr appended to `log`. */
export function startProcess(
  tool: string,
  args: readonly string[],
  { log, cwd, env }: { log: string; cwd: string; env: Readonly<Record<string, string | undefined>> },
): Promise<{ readonly pid: number }> {
  mkdirSync(dirname(log), { recursive: true, mode: privateModes.folder })
  const output = openSync(log, 'a', privateModes.file)
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', output, output] as const
    const child = spawn(tool, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: [...stdio],
    })
    child.once('error', cause => reject(systemErrors.TOOL_MISSING({ tool, cause })))
    child.once('spawn', () => {
      child.unref()
      resolve({ pid: child.pid ?? 0 })
    })
  }).finally(() => closeSync(output)) as Promise<{ readonly pid: number }>
}
