import { defineStep, type StepContext } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { type Choice, choiceFact, type Invocation, modelFact, selectionFact } from '../contract.js'
import { parseAddress } from '../engine/address.js'
import { selectionWarnings } from '../errors/selection.js'
import { readInvocation, withProfiles } from '../model/files.js'
import { projectName } from '../model/project-name.js'
import { fetchCatalogue } from '../selection/catalogue.js'
import { readChoice } from '../selection/choice.js'
import { isLimiting } from '../selection/choose.js'
import { decideSelection } from '../selection/decide.js'

type Context = StepContext<ComposeConfig>

/** Decides which services the environment has, before anything else about them is read. Needs no engine. */
export const select = defineStep({
  id: 'compose:select',
  title: 'Selecting services',
  undoTitle: 'Removing generated files',
  phase: 'resolve',
  before: ['compose:resolve'],

  async do(context: Context) {
    const selection = await settle(context)
    return { selected: selection?.services ?? null, of: countOf(selection) }
  },

  async preview(context: Context) {
    await settle(context)
    return undefined
  },

  /** Nothing to undo: the selection is removed with its environment. */
  async undo() {},

  report({ selected, of }) {
    return selected === null
      ? undefined
      : `Selected ${selected.length} of ${of} services: ${selected.join(', ')}`
  },
})

async function settle(context: Context) {
  const choice = readChoice(context)
  const targets = newTargets(context)
  const { services: configured } = context.config
  if (!isLimiting(choice) && !choice.profiles && !configured && targets.length === 0) {
    publishSelection(context, { choice, selection: undefined })
    return undefined
  }
  const invocation = await readSituation(context, choice)
  const { name: environment } = context.environment
  const input = { environment, choice, configured, profiles: invocation.profiles, targets }
  const decided = decideSelection(await fetchCatalogue(context, invocation), input)
  publishSelection(context, decided)
  for (const dropped of decided.selection?.dropped ?? [])
    context.warn(selectionWarnings.COMPOSE_DEPENDENCY_DROPPED({ environment, ...dropped }))
  return decided.selection
}

function publishSelection(context: Context, { choice, selection }: ReturnType<typeof decideSelection>): void {
  context.publish(choiceFact, choice)
  context.publish(selectionFact, selection ?? null)
}

/** Services named in `piko up NAME SERVICE` that the environment does not have yet. */
function newTargets({ verb, targets, fact }: Context): readonly string[] {
  if (verb !== 'up') return []
  const services = fact(modelFact)?.services ?? {}
  const named = targets.map(word => parseAddress(word).service)
  return named.filter(service => services[service]?.active !== true)
}

async function readSituation(context: Context, choice: Choice): Promise<Invocation> {
  const { environment, project } = context
  const checkout = { path: environment.path, variables: environment.variables }
  const invocation = await readInvocation(withProfiles(context.config, choice), checkout)
  return { ...invocation, project: projectName(project.name, environment.name) }
}

function countOf(
  selection: { readonly services: readonly string[]; readonly unselected: readonly string[] } | undefined,
) {
  return selection ? selection.services.length + selection.unselected.length : 0
}
