import type { ExecOptions, ExecResult } from '@piko/sdk'
import { exec } from '../system/exec.js'
import type { Ground } from './ground.js'

/**
 * The environment of a program that piko runs: the user's own, without what another environment's shell has left in it
 * (`PIKO_*`), with the subject's variables.
 */
export function programEnvironment(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  const inherited = Object.keys(process.env).filter(name => name.startsWith('PIKO_') && !configures.has(name))
  return { ...Object.fromEntries(inherited.map(name => [name, undefined])), ...variables }
}

/** What the user sets for piko itself is theirs to pass on. */
const configures: ReadonlySet<string> = new Set(['PIKO_SUBNET_POOL', 'PIKO_NPM_REGISTRY'])

/** Runs a program where the subject is, with its variables. */
export function runProgram(
  ground: Ground,
  call: {
    readonly tool: string
    readonly args: readonly string[]
    readonly options: ExecOptions | undefined
  },
  signal: AbortSignal,
): Promise<ExecResult> {
  return exec(call.tool, call.args, {
    ...call.options,
    cwd: call.options?.cwd ?? ground.cwd(),
    env: { ...programEnvironment(ground.variables()), ...call.options?.env },
    signal,
  })
}
