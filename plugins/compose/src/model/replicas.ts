import type { RawService } from './raw.js'

export function replicasOf(raw: RawService): number {
  return raw.scale ?? raw.deploy?.replicas ?? 1
}
