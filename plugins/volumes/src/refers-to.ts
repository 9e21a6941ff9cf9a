import type { NameReference } from '@piko/sdk'
import { sharedVolumes, type VolumesConfig } from './config.js'

/** The volumes to copy and those to share. */
export function refersTo({ copy, shared }: VolumesConfig): readonly NameReference[] {
  const both = { copy, shared: sharedVolumes(shared).map(({ volume }) => volume) }
  return Object.entries(both).flatMap(([key, names]) =>
    names.map((name, index): NameReference => ({ kind: 'compose.volume', name, path: [key, index] })),
  )
}
