import type { DialOptions, ExecOptions, ExecResult } from '@piko/sdk'
import type { Duplex } from 'node:stream'
import { validVariables } from '../project/variable-name.js'
import { dial, exec } from '../system/exec.js'
import type { Scope } from './scope.js'

/**
 * The environment variables of a program that piko runs: the user's, without the `PIKO_*` of another environment's
 * shell, plus the subject's.
 */
export function programEnvironment(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  const inherited = Object.keys(process.env).filter(name => name.startsWith('PIKO_') && !configures.has(name))
  return { ...Object.fromEntries(inherited.map(name => [name, undefined])), ...validVariables(variables) }
}

/** Variables that the user sets to configure piko are passed on. */
const configures: ReadonlySet<string> = new Set(['PIKO_SUBNET_POOL', 'PIKO_NPM_REGISTRY', 'PIKO_READY_AFTER'])

/** Runs a program in the subject's folder with its variables. */
export function runProgram(
  scope: Scope,
  call: {
    readonly tool: string
    readonly args: readonly string[]
    readonly options: ExecOptions | undefined
  },
  signal: AbortSignal,
): Promise<ExecResult> {
  const either = call.options?.signal ? AbortSignal.any([signal, call.options.signal]) : signal
  return exec(call.tool, call.args, { ...call.options, ...placeOf(scope, call.options), signal: either })
}

/** Connects to a program's stdin and stdout in the subject's folder, with its variables. */
export function dialProgram(
  scope: Scope,
  call: {
    readonly tool: string
    readonly args: readonly string[]
    readonly options: DialOptions | undefined
  },
  signal: AbortSignal,
): Duplex {
  return dial(call.tool, call.args, { ...placeOf(scope, call.options), signal })
}

function placeOf(scope: Scope, options: DialOptions = {}): Required<DialOptions> {
  const env = { ...programEnvironment(scope.variables()), ...options.env }
  return { cwd: options.cwd ?? scope.cwd(), env }
}
