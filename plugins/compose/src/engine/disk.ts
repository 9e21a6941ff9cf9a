import type { Size } from '@piko/sdk'
import * as z from 'zod'
import { projectFact } from '../contract.js'
import type { Looking } from '../docker.js'
import { isOwned, ownerOf } from '../labels.js'
import { askEngine } from './api.js'
import type { SiteLook } from '../site.js'

const labels = z.record(z.string(), z.string()).nullish()
const volume = z
  .object({ Name: z.string(), Labels: labels, UsageData: z.object({ Size: z.number() }).nullish() })
  .transform(({ Name: name, Labels, UsageData }) => ({
    name,
    labels: Labels,
    bytes: UsageData && UsageData.Size >= 0 ? UsageData.Size : null,
  }))
const volumes = z.object({ Volumes: z.array(volume).nullish() })
const images = z.object({
  Images: z
    .array(
      z.object({
        Id: z.string(),
        RepoTags: z.array(z.string()).nullish(),
        Labels: labels,
        Size: z.number(),
        SharedSize: z.number().optional(),
      }),
    )
    .nullish(),
})

const ask = (type: string) => ({ path: '/system/df', query: { type } })

/** All volumes of the engine. `bytes` is null if the engine cannot measure the volume. */
export async function fetchVolumeSizes(context: Looking) {
  return (await askEngine(context, volumes, ask('volume')))?.Volumes ?? []
}

/** Sizes of the environment's volumes, and of the layers that only its built images use. */
export async function fetchDisk(context: SiteLook): Promise<readonly Size[]> {
  const [ofVolumes, ofImages] = await Promise.all([
    fetchVolumeSizes(context),
    askEngine(context, images, ask('image')),
  ])
  const owner = ownerOf(context)
  const project = context.fact(projectFact)
  const own = ofVolumes.filter(each => isOwned(each.labels, owner))
  const built = (ofImages?.Images ?? []).filter(
    ({ Labels }) => project !== undefined && Labels?.['com.docker.compose.project'] === project,
  )
  return [
    ...own.map(({ name, bytes }) => ({ what: 'volume' as const, name, bytes })),
    ...built.map(({ Id, RepoTags, Size, SharedSize = 0 }) => ({
      what: 'image' as const,
      name: RepoTags?.[0] ?? Id,
      bytes: Size - Math.max(0, SharedSize),
    })),
  ]
}
