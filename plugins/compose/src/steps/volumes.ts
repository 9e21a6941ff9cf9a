import { type Failure, failure } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { overrideSlot, type Volume } from '../contract.js'
import { forgetAnonymous, readAnonymous } from '../engine/anonymous.js'
import { forgetBefore, readSpared, recordBefore } from '../engine/before.js'
import { refuseOwned, requireExternals } from '../engine/externals.js'
import { type Compared, compareWanted, planMissing } from '../engine/missing.js'
import { createVolume, fetchOwnVolumes, fetchVolumes, removeFreeVolumes } from '../engine/volumes.js'
import { ownerOf } from '../labels.js'
import { requireModel } from '../model/require.js'
import { modelHere } from '../override/here.js'
import { assignedNames, mergeFilled } from '../override/merge.js'
import { requireSources } from '../validation/sources.js'
import { defineSiteStep, type SiteContext, type SiteLook } from '../site.js'

/** Creates the named volumes, so that no change to a Compose file can make Compose recreate one with its data. */
export const volumes = defineSiteStep({
  id: 'compose:volumes',
  title: 'Creating volumes',
  undoTitle: 'Removing volumes and images',
  phase: 'data',
  holdsData: true,
  dataIn: (receipt: { readonly volumes: readonly string[] }) => receipt.volumes.map(name => `volume ${name}`),

  async plan(context: SiteLook<ComposeConfig>) {
    await refuseOwned(context)
    return planMissing('volume', await compare(context))
  },

  async do(context: SiteContext<ComposeConfig>) {
    await requireSources(modelHere(context, requireModel(context)))
    await requireExternals(context)
    await refuseOwned(context)
    const { missing, existing } = await compare(context)
    recordBefore(context, 'volume', existing)
    for (const volume of missing) await createVolume(context, volume, ownerOf(context))
    return { volumes: [...existing, ...missing.map(({ engineName }) => engineName)] }
  },

  async undo(context) {
    const spared = readSpared(context, 'volume')
    const [own, anonymous] = await Promise.all([
      fetchOwnVolumes(context, ownerOf(context)),
      context.verb === 'rollback' ? [] : fetchVolumes(context, readAnonymous(context)),
    ])
    await removeOrLeave(context, [
      ...own.filter(name => !spared.has(name)),
      ...anonymous.map(({ name }) => name),
    ])
    if (context.verb === 'rollback') return
    forgetAnonymous(context)
    forgetBefore(context) // this plugin's last step to be undone
  },
})

/** With `destroy --force` a volume in use by another container stays and is reported. Otherwise that is an error. */
async function removeOrLeave(context: SiteContext, names: readonly string[]): Promise<void> {
  const isDestroy = context.verb === 'destroy'
  await removeFreeVolumes(context, names, (error, held) => {
    if (!isDestroy) throw error
    if (context.flags['force'] !== true) throw withForce(error, context.environment.name)
    for (const { name, users } of held)
      context.say(
        `! Volume ${name} stays, since ${users.join(', ')} holds it; to remove it later, run \`docker volume rm ${name}\``,
      )
  })
}

function withForce({ details }: Failure, environment: string): Failure {
  const hint = `To destroy the rest and leave the volume, run \`piko destroy ${environment} --force\``
  return failure({ ...details, hints: [...(details.hints ?? []), hint] })
}

function compare(context: SiteLook<ComposeConfig>): Promise<Compared<Volume>> {
  return compareWanted(context, 'volume', wantedVolumes(context))
}

/** All volumes except external ones, those another plugin placed elsewhere and those of services it removed. */
function wantedVolumes(context: SiteLook<ComposeConfig>): readonly Volume[] {
  const model = modelHere(context, requireModel(context))
  const given = assignedNames(mergeFilled(context.collect(overrideSlot, model)), 'volumes')
  return Object.entries(model.volumes).flatMap(([key, volume]) =>
    volume.external || given.has(key) ? [] : [volume],
  )
}
