import type { EnvironmentContext, Size } from '@piko/sdk'
import * as z from 'zod'
import { projectFact } from '../contract.js'
import { isOwned, ownerOf } from '../labels.js'
import { askEngine } from './api.js'

const labels = z.record(z.string(), z.string()).nullish()
const volumes = z.object({
  Volumes: z
    .array(
      z.object({
        Name: z.string(),
        Labels: labels,
        UsageData: z.object({ Size: z.number() }).nullish(),
      }),
    )
    .nullish(),
})
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

/** The environment's own volumes, and what the images that were built for it take beside the layers of others. */
export async function fetchDisk(context: EnvironmentContext<unknown>): Promise<readonly Size[]> {
  const ask = (type: string) => ({ path: '/system/df', query: { type } })
  const [ofVolumes, ofImages] = await Promise.all([
    askEngine(context, volumes, ask('volume')),
    askEngine(context, images, ask('image')),
  ])
  const owner = ownerOf(context)
  const project = context.fact(projectFact)
  const own = (ofVolumes?.Volumes ?? []).filter(({ Labels }) => isOwned(Labels, owner))
  const built = (ofImages?.Images ?? []).filter(
    ({ Labels }) => project !== undefined && Labels?.['com.docker.compose.project'] === project,
  )
  return [
    ...own.map(({ Name, UsageData }) => ({
      what: 'volume' as const,
      name: Name,
      bytes: UsageData && UsageData.Size >= 0 ? UsageData.Size : null,
    })),
    ...built.map(({ Id, RepoTags, Size, SharedSize = 0 }) => ({
      what: 'image' as const,
      name: RepoTags?.[0] ?? Id,
      bytes: Size - Math.max(0, SharedSize),
    })),
  ]
}
