import { environmentErrors } from '../errors/environment.js'
import { programEnvironment } from '../lifecycle/program-environment.js'
import { exec } from '../system/exec.js'
import type { EnvironmentRecord } from './record.js'

/** Runs a command, or `scripts.run`, in the worktree on the user's terminal. Returns its exit code. */
export async function runInEnvironment(
  record: EnvironmentRecord,
  { command, script }: { readonly command: readonly string[]; readonly script: string | undefined },
): Promise<number> {
  const [tool, ...args] = command.length > 0 ? command : script === undefined ? [] : ['sh', '-c', script]
  if (tool === undefined) throw environmentErrors.SCRIPT_MISSING({ name: record.name })
  const env = programEnvironment(record.variables)
  const { exitCode } = await exec(tool, args, { cwd: record.path, env, terminal: true, allowFailure: true })
  return exitCode
}
