import type { DialOptions, ExecOptions, ExecResult } from '@piko/sdk'
import type { Duplex } from 'node:stream'
import { dial, exec } from '../system/exec.js'
import { programEnvironment } from './program-environment.js'
import type { Scope } from './scope.js'

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
