import { defineRunStep } from '@piko/sdk'
import { type DeployInput, stageRun } from '../contract.js'
import { deployErrors } from '../errors/deploys.js'
import { fetchFiles } from '../model/files.js'
import { servicesOf, wantedImages } from '../model/services.js'
import { readLogin } from '../registry/login.js'
import { referenceOf } from '../registry/reference.js'
import { deploys, findCurrent, originOf } from '../store/deploys.js'
import { stages } from '../store/stages.js'
import { end, enter, note, recorded } from './record.js'
import { type Context, type Situation, situationOf } from './situation.js'

type Receipt = { readonly images: Readonly<Record<string, string>> }

/** Pins every image to what its tag stands for now. Nothing has been started so far. */
export const resolve = recorded(
  defineRunStep<unknown, DeployInput, Receipt>({
    id: 'deploy:resolve',
    title: 'Resolving images',
    undoTitle: 'Ending the deploy',

    async do(context) {
      const { stage } = deploys.require(context, context.input.deploy)
      const { name: key } = stages.require(context, stage)
      await context.ensure(stageRun, { key, input: context.input.stage })
      const situation = situationOf(context)
      enter(context, 'pulling')
      const images = await resolveImages(context, situation)
      deploys.update(context, situation.deploy.id, { images })
      return { images }
    },

    async undo(context) {
      end(context, 'failed')
    },
  }),
)

async function resolveImages(context: Context, situation: Situation) {
  const { deploy, stage, place } = situation
  if (deploy.restores !== null) return originOf(context, deploy).images
  const services = servicesOf(await fetchFiles(context, context.input, place.project), stage)
  const wanted = wantedImages(services, { stage, tag: deploy.tag, given: deploy.images })
  const pinned = await Promise.all(
    services.map(async service => {
      const reference = wanted[service.name] ?? ''
      return [service.name, await pin(context, situation, { ...service, reference })] as const
    }),
  )
  return Object.fromEntries(pinned)
}

interface Pinning {
  readonly name: string
  readonly isReleased: boolean
  readonly reference: string
}

/** A service beside the release keeps the image it runs, as long as the Compose file names the same. */
async function pin(context: Context, situation: Situation, { name, isReleased, reference }: Pinning) {
  const { stage, target, deploy } = situation
  const before = findCurrent(context, stage.id)?.images[name]
  const isGiven = name in deploy.images
  if (!isReleased && !isGiven && before !== undefined && referenceOf(before) === reference) return before
  const login = readLogin(context, reference)
  const pinned = await target.pin(reference, { login, mayBeLocal: !isReleased && !isGiven })
  if (pinned === undefined && isReleased)
    throw deployErrors.DEPLOY_TAG_UNKNOWN({ image: reference, stage: stage.name })
  if (pinned === undefined)
    throw deployErrors.DEPLOY_IMAGE_UNKNOWN({ service: name, image: reference, lines: [] })
  note(context, `${name}: ${pinned}`)
  return pinned
}
