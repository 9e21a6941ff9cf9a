import { askEngine, type Looking } from '@piko/plugin-compose/contract/engine'
import * as z from 'zod'

const usage = z.object({
  Volumes: z
    .array(z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() }))
    .nullish(),
})

/** The bytes that volumes take, by name; one that the engine cannot measure is missing. */
export async function fetchSizes(context: Looking): Promise<ReadonlyMap<string, number>> {
  const answer = await askEngine(context, usage, { path: '/system/df', query: { type: 'volume' } })
  return new Map(
    (answer?.Volumes ?? []).flatMap(({ Name, UsageData }) =>
      UsageData && UsageData.Size >= 0 ? [[Name, UsageData.Size] as const] : [],
    ),
  )
}
