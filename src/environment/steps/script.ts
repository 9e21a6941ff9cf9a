import { defineStep, type StepContext } from '@piko/sdk'
import { environmentErrors } from '../../errors/environment.js'

/** Runs the project's script before anything starts, and again when its text has changed. */
export function prepareScriptStep(script: string | undefined) {
  return defineStep<unknown, { readonly script: string | null }>({
    id: 'core:script-prepare',
    title: 'Running scripts.prepare',
    undoTitle: 'Removing generated files',
    phase: 'prepare',
    plan(_, receipt) {
      return Promise.resolve(
        receipt.script === (script ?? null)
          ? { action: 'nothing', because: 'this script has run' }
          : { action: 'change', because: 'scripts.prepare has changed' },
      )
    },
    async do(context) {
      if (script !== undefined) await runScript(context, { name: 'prepare', script })
      return { script: script ?? null }
    },
    undo: () => Promise.resolve(), // what a script did is removed with the worktree
  })
}

/** Runs the project's script once everything is running, once per environment. */
export function setupScriptStep(script: string | undefined) {
  return defineStep<unknown, { readonly script: string | null }>({
    id: 'core:script-setup',
    title: 'Running scripts.setup',
    undoTitle: 'Removing generated files',
    phase: 'setup',
    timeLimit: 3600,
    async do(context) {
      if (script !== undefined) await runScript(context, { name: 'setup', script })
      return { script: script ?? null }
    },
    undo: () => Promise.resolve(), // what a script did is removed with the worktree and the data
  })
}

/** Runs the project's script before an environment is removed, without a time limit. */
export function destroyScriptStep(script: string) {
  return defineStep<unknown, null>({
    id: 'core:script-destroy',
    title: 'Running scripts.destroy',
    phase: 'setup',
    timeLimit: Infinity,
    async do(context) {
      await runScript(context, { name: 'destroy', script })
      return null
    },
    undo: () => Promise.resolve(), // piko cannot undo what a script did
  })
}

/** Runs a script from `.piko.yml` with `sh`, in the worktree, with the environment's variables. */
async function runScript(
  context: Pick<StepContext<unknown>, 'exec'>,
  { name, script }: { readonly name: string; readonly script: string },
): Promise<void> {
  const lines: string[] = []
  const onLine = (line: string) => void lines.push(line)
  const { exitCode } = await context.exec('sh', ['-c', script], { onLine, allowFailure: true })
  if (exitCode !== 0)
    throw environmentErrors.SCRIPT_FAILED({
      script: name,
      command: script.split('\n', 1)[0] ?? '',
      exitCode,
      lines: lines.slice(-10),
    })
}
