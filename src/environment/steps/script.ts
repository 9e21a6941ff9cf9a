import { defineStep, type StepContext } from '@piko/sdk'
import { environmentErrors } from '../../errors/environment.js'

/** The project's own script before anything starts: again when its text has changed. */
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
    undo: () => Promise.resolve(), // what a script did is in the worktree, which goes
  })
}

/** The project's own script once everything runs: once in an environment's life. */
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
    undo: () => Promise.resolve(), // what a script did is in the worktree and the data, which go
  })
}

/** The project's own script before an environment goes, for as long as it takes. */
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
    undo: () => Promise.resolve(), // what a script did is not piko's
  })
}

/** Runs a script of `.piko.yml` with `sh`, in the worktree, with the environment's variables. */
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
