import type { Context, Filled, Slot } from '@piko/sdk'
import { join } from 'node:path'
import type { ComposeConfig } from '../config.js'
import { type Apart, type Model, type Override, overrideSlot, reset } from '../contract.js'
import type { Site, SiteLook } from '../site.js'

/** What a site's context adds to the context of a run about the project. */
type SiteParts = Pick<SiteLook, 'environment' | 'warnings' | 'collect'>

/** The context of services that run apart, in the form that site steps take. */
export function apartContext<Given extends Context<ComposeConfig> & { readonly input: Apart }>(
  context: Given,
): Given & SiteParts {
  return {
    ...context,
    environment: siteOf(context),
    warnings: [],
    collect: overridesOf(context.input) as SiteParts['collect'], // checked by slot id
    hideFromGit: () => Promise.resolve(), // git ignores .piko already
  }
}

/** The main checkout, with a separate folder for generated files. */
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

/** Replaces the overrides of other plugins: removes every service but these, and adds what the run was given. */
function overridesOf({ services, override }: Apart) {
  return (slot: Slot<unknown, unknown>, input: unknown): readonly Filled<Override>[] => {
    if (slot.id !== overrideSlot.id) return []
    const model = input as Model // the input of the slot with this id
    const others = Object.keys(model.services).filter(service => !services.includes(service))
    return [
      { plugin: 'compose', value: { services: Object.fromEntries(others.map(name => [name, reset()])) } },
      ...(override ? [{ plugin: 'the run', value: override }] : []),
    ]
  }
}
