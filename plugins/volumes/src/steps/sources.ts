import { defineStep } from '@piko/sdk'
import { modelFact } from '@piko/plugin-compose/contract'
import { fetchMainStack } from '@piko/plugin-compose/contract/engine'
import { type Choice, readChoice } from '../choice/choice.js'
import { fetchSource } from '../choice/source.js'
import { sharedVolumes } from '../config.js'
import type { VolumesContext } from '../context.js'
import { sharedFact } from '../contract.js'

/** Decides whose data the volumes get and which are the main stack's own. Asks no engine. */
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

  /** What it knows goes with the environment; nothing else was made. */
  async undo() {},
})

async function choose(context: VolumesContext, before: Choice | undefined): Promise<Choice> {
  const { config } = context
  const choice = readChoice(context, before)
  // A wrong name is said before anything is made.
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
    // A volume that main does not have yet is named as it will be there.
    const name = there?.name ?? (main ? `${main.project}_${volume}` : undefined)
    return main && name !== undefined ? [[volume, { name, project: main.project, readOnly }] as const] : []
  })
  return Object.fromEntries(shared)
}
