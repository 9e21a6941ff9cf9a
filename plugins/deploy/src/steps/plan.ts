import { fetchFiles, type Files } from '../model/files.js'
import { planRelease, type Planned } from '../model/release.js'
import { servicesOf } from '../model/services.js'
import { secrets } from '../store/secrets.js'
import { type Context, currentInstances, type Situation } from './situation.js'

/** What a release changes. */
export interface Plan {
  readonly files: Files
  /** Services beside the release that share their data with it, and change: a database. */
  readonly data: readonly Planned[]
  /** The released services, and those beside it that change. */
  readonly rest: readonly Planned[]
}

/** The released services are always replaced; the others only if their definition or image has changed. */
export async function readPlan(context: Context, situation: Situation): Promise<Plan> {
  const { stage, place, owner, deploy, target } = situation
  const files = await fetchFiles(context, context.input, place.project)
  const planned = planRelease(servicesOf(files, stage), {
    stage,
    place,
    owner,
    number: deploy.number,
    images: deploy.images,
    secrets: situation.secrets,
    secretsMark: secrets
      .of(context, stage.id)
      .map(({ id, name, updatedAt }) => [id, name, updatedAt].join())
      .join(),
  })
  const current = currentInstances(context, stage)
  const changed = await Promise.all(
    planned.map(async one => {
      const now = current.find(({ service }) => service === one.service)
      if (one.isReleased || now?.digest !== one.digest) return true
      return (await target.observe(now.container))?.state !== 'running'
    }),
  )
  const wanted = planned.filter((_, index) => changed[index])
  const isData = (one: Planned) => one.takesTurns && !one.isReleased
  return { files, data: wanted.filter(isData), rest: wanted.filter(one => !isData(one)) }
}
