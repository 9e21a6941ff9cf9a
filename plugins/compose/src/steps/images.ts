import type { ComposeConfig } from '../config.js'
import { projectFact } from '../contract.js'
import { composeOptions, projectArgs, runDocker } from '../docker.js'
import { readSpared, recordBefore } from '../engine/before.js'
import { fetchBuiltImages, fetchTags, removeImages, tagsOf } from '../engine/images.js'
import { servicesHere, wantedServices } from '../engine/services.js'
import { requireModel } from '../model/require.js'
import { defineSiteStep, type SiteContext, type SiteLook } from '../site.js'

/** Builds the branch's images. `destroy` removes them; `down` keeps them. */
export const images = defineSiteStep({
  id: 'compose:images',
  title: 'Building images',
  undoTitle: 'Removing volumes and images',
  after: ['compose:volumes'],
  phase: 'data',
  timeLimit: 3600,

  async plan(context: SiteLook<ComposeConfig>) {
    const services = await unbuilt(context)
    if (services.length === 0) return { action: 'nothing', because: 'every image exists' }
    return { action: 'change', because: `to be built: ${services.join(', ')}` }
  },

  preview(context: SiteContext<ComposeConfig>) {
    const model = requireModel(context)
    const services = [...tagsOf(model, servicesHere(context, wantedServices(model, context.targets))).keys()]
    const preview = {
      lines: [`Images of ${services.join(', ')}, where they are missing`],
      answer: { build: services },
    }
    return Promise.resolve(services.length === 0 ? undefined : preview)
  },

  async do(context: SiteContext<ComposeConfig>) {
    const model = requireModel(context)
    recordBefore(context, 'image', await fetchBuiltImages(context, model.project))
    const services = await unbuilt(context)
    if (services.length > 0) {
      const pull = context.flags['pull'] === true ? ['--pull'] : []
      const cache = context.flags['no-cache'] === true ? ['--no-cache'] : []
      const args = [...projectArgs(model, context.environment), 'build', ...pull, ...cache, ...services]
      await runDocker(context, args, composeOptions(model))
    }
    return { project: model.project }
  },

  async undo(context, receipt) {
    const project = receipt?.project ?? context.fact(projectFact)
    if (project === undefined) return
    const spared = readSpared(context, 'image')
    const built = await fetchBuiltImages(context, project)
    await removeImages(
      context,
      built.filter(reference => !spared.has(reference)),
    )
  },
})

async function unbuilt(context: SiteLook<ComposeConfig>): Promise<readonly string[]> {
  const model = requireModel(context)
  const tags = tagsOf(model, servicesHere(context, wantedServices(model, context.targets)))
  if (context.flags['build'] === true) return [...tags.keys()]
  const existing = await fetchTags(context, [...tags.values()])
  return [...tags].flatMap(([service, tag]) => (existing.has(tag) ? [] : [service]))
}
