import type { Outcome } from '@piko/sdk'
import { listenForInterrupt } from '../lifecycle/interrupt.js'
import { findRun, runOperation } from '../operation/run-operation.js'
import { installedPlugins } from '../workspace/open.js'
import { projectContext } from './plugin-context.js'
import type { Session } from './session.js'

/** Does the run that a flag of a core command stands for. `confirm` rejects where the user does not want it. */
export async function runForFlag(
  session: Session,
  { id, confirm }: { readonly id: string; confirm(question: string): Promise<void> },
): Promise<Outcome> {
  const workspace = await session.workspace()
  const plugins = installedPlugins(workspace)
  const { plugin, definition } = findRun(plugins, id)
  const interrupt = listenForInterrupt()
  try {
    const context = await projectContext(workspace, { plugin: plugin.name, interrupt, session })
    const question = definition.question?.(context)
    if (question !== undefined) await confirm(question)
    const operator = { workspace, plugins, interrupt, narrator: session.narrator }
    return await runOperation(operator, { ref: definition.ref, input: null })
  } finally {
    interrupt.dispose()
  }
}
