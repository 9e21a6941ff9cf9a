import type { Context, Environment, Filled, Slot, StepContext } from '@piko/sdk'
import { join } from 'node:path'
import type { ComposeConfig } from '../config.js'
import { type Apart, type Model, type Override, overrideSlot, reset } from '../contract.js'
import type { Place } from '../docker.js'

/** The context of services that run apart, as the steps of an environment take it: the main checkout is its worktree. */
export function asEnvironment(
  context: Context<ComposeConfig> & { readonly input: Apart },
): StepContext<ComposeConfig> {
  const { input, project } = context
  const folder = join(project.root, '.piko', 'apart', input.name)
  const environment: Environment & Place = {
    id: 0,
    name: input.name,
    branch: '',
    path: project.root,
    status: 'running',
    ports: {},
    variables: {},
    stateDir: folder,
    generatedDir: folder,
  }
  const overrides = {
    environment: { value: environment },
    collect: { value: onlyThese(input.services) },
    hideFromGit: { value: () => Promise.resolve() }, // .piko is hidden already
  }
  return Object.create(context, overrides) as StepContext<ComposeConfig> // a plan gets the part that looks
}

/** In place of what other plugins fill in for environments: all but these services are taken out. */
function onlyThese(services: readonly string[]) {
  return (slot: Slot<unknown, unknown>, input: unknown): readonly Filled<Override>[] => {
    if (slot.id !== overrideSlot.id) return []
    const model = input as Model // what the slot of this id is asked with
    const others = Object.keys(model.services).filter(service => !services.includes(service))
    return [
      { plugin: 'compose', value: { services: Object.fromEntries(others.map(name => [name, reset()])) } },
    ]
  }
}
