import { defineStep } from '@piko/sdk'
import { modelFact } from '@piko/plugin-compose/contract'
import { fetchMainStack } from '@piko/plugin-compose/contract/engine'
import { type Choice, readChoice } from '../choice/choice.js'
import { fetchSource } from '../choice/source.js'
import { sharedVolumes } from '../config.js'
import type { VolumesContext } from '../context.js'
import { sharedFact } from '../contract.js'

/** Decides where the volumes' data comes from and which volumes are shared with the main stack. Needs no engine. */
export const sources = defineStep({
  id: 'volumes:sources',
  title: 'Choosing the volumes to copy and to share',
  undoTitle: 'Removing generated files',
  phase: 'resolve',

  do: choose,

  async preview(context: VolumesContext) {
    await choose(context, undefined)
    return undefined
  },

  /** Its facts are removed with the environment; there is nothing else to undo. */
  async undo() {},
})

async function choose(context: VolumesContext, before: Choice | undefined): Promise<Choice> {
  const { config } = context
  const choice = readChoice(context, before)
  // Reports a wrong name before anything is created.
  const from = choice.from ?? config.source
  if (
    from !== 'main' &&
    before === undefined &&
    (choice.all || choice.from !== null || config.copy.length > 0)
  )
    await fetchSource(context, from)
  context.publish(sharedFact, await fetchShared(context))
  return choice
}

async function fetchShared(context: VolumesContext) {
  const model = context.fact(modelFact)
  const wanted = sharedVolumes(context.config.shared).filter(({ volume }) => {
    const known = model?.volumes[volume]
    return known !== undefined && !known.external
  })
  if (!model || wanted.length === 0) return {}
  const roots = { worktree: context.environment.path, root: context.project.root }
  const main = await fetchMainStack(context, model, roots)
  const shared = wanted.flatMap(({ volume, readOnly }) => {
    const there = main?.volumes[volume]
    // A volume that does not exist in main yet gets the name it will have there.
    const name = there?.name ?? (main ? `${main.project}_${volume}` : undefined)
    return main && name !== undefined ? [[volume, { name, project: main.project, readOnly }] as const] : []
  })
  return Object.fromEntries(shared)
}
