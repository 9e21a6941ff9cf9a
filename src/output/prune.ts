import { bytesText, tableLines } from '@piko/sdk'
import type { Prunable, Prunables } from '../environment/prune/find.js'
import { ageText } from './age.js'

/** What `piko prune` removes and keeps, with reasons. */
export function pruneLines({ prunable, spared }: Prunables): readonly string[] {
  const rows = prunable.map(one => [
    one.record.name,
    one.record.status,
    bytesText(bytesOf(one)),
    reasonOf(one),
  ])
  const kept = spared.map(({ record, because }) => `  ${record.name}: ${because}`)
  return [
    ...tableLines(['Name', 'Status', 'Size', 'Because'], rows),
    ...(kept.length > 0 ? ['Kept, although no longer needed:', ...kept] : []),
  ]
}

export function pruneAnswer({ prunable, spared }: Prunables) {
  return {
    remove: prunable.map(one => ({
      name: one.record.name,
      branch: one.record.branch,
      merged: one.merge ? { into: one.merge.into, how: one.merge.how } : null,
      idleSeconds: one.idle === undefined ? null : Math.floor(one.idle / 1000),
      bytes: bytesOf(one),
    })),
    kept: spared.map(({ record, because }) => ({ name: record.name, because })),
  }
}

/** Without the sizes that are unknown. */
export function bytesOf({ sizes }: Prunable): number {
  return sizes.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
}

function reasonOf({ merge, idle }: Prunable): string {
  const reasons = [
    ...(merge ? [mergeTexts[merge.how](merge.into)] : []),
    ...(idle === undefined
      ? []
      : [`unused for ${ageText(new Date(Date.now() - idle).toISOString(), Date.now())}`]),
  ]
  return reasons.join('; ')
}

const mergeTexts = {
  merged: (into: string) => `merged into ${into}`,
  rebased: (into: string) => `its commits were applied to ${into}`,
  squashed: (into: string) => `squashed into ${into}`,
  equal: (into: string) => `${into} has all of its content`,
} as const
