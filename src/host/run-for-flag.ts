import type { Outcome } from '@piko/sdk'
import { beginCommand } from '../runs/begin-run.js'
import { findRun, windRun } from '../runs/defined-run.js'
import { installedPlugins } from '../workspace/open.js'
import { projectContext } from './plugin-context.js'
import type { Session } from './session.js'

/** Performs the run behind a flag of a core command. `confirm` rejects if the user declines. */
export async function runForFlag(
  session: Session,
  { id, confirm }: { readonly id: string; confirm(question: string): Promise<void> },
): Promise<Outcome> {
  const workspace = await session.workspace()
  const { plugin, definition } = findRun(installedPlugins(workspace), id)
  return beginCommand({ workspace, narrator: session.narrator, name: id }, async command => {
    const question = definition.question?.(await projectContext(command, plugin.name))
    if (question !== undefined) await confirm(question)
    return windRun(command, { run: definition.ref }, null)
  })
}
