import type { Context, Filled, Slot } from '@piko/sdk'
import { join } from 'node:path'
import type { ComposeConfig } from '../config.js'
import { type Apart, type Model, type Override, overrideSlot, reset } from '../contract.js'
import type { Site, SiteLook } from '../site.js'

/** What the context of a site has beside that of a run about the project. */
type SiteParts = Pick<SiteLook, 'environment' | 'warnings' | 'collect'>

/** The context of services that run apart, as the steps of a site take it. */
export function apartContext<Given extends Context<ComposeConfig> & { readonly input: Apart }>(
  context: Given,
): Given & SiteParts {
  return {
    ...context,
    environment: siteOf(context),
    warnings: [],
    collect: onlyThese(context.input.services) as SiteParts['collect'], // it looks at the slot's id
    hideFromGit: () => Promise.resolve(), // .piko is hidden already
  }
}

/** The main checkout, with a folder of its own for what piko generates. */
function siteOf({
  input,
  project,
}: {
  readonly input: Apart
  readonly project: Context<unknown>['project']
}): Site {
  const folder = join(project.root, '.piko', 'apart', input.name)
  return { name: input.name, path: project.root, variables: {}, stateDir: folder, generatedDir: folder }
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
