import { askEngine, type Looking } from '@piko/plugin-compose/contract/engine'
import * as z from 'zod'
import { type Owner, ownedBy } from './labels.js'

const listed = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullish() })

/** The volumes of a stage, which `stage remove` removes. */
export async function fetchVolumes(context: Looking, owner: Owner): Promise<readonly string[]> {
  const question = { path: '/volumes', filters: { label: ownedBy(owner) } }
  return ((await askEngine(context, listed, question))?.Volumes ?? []).map(({ Name }) => Name)
}
