import { bytesText, defineStep } from '@piko/sdk'
import { modelFact } from '@piko/plugin-compose/contract'
import { fetchVolumes, usedVolumes } from '@piko/plugin-compose/contract/engine'
import { backupEnvironment } from '../archive/backup.js'
import { type Choice, chosen } from '../choice/choice.js'
import { fetchOwn } from '../choice/own.js'
import type { VolumesContext } from '../context.js'
import { emptyVolume } from '../copy/empty.js'
import type { Copied } from '../copy/copy-volume.js'
import { fillVolumes } from '../copy/fill.js'
import { forgetFilled, forgetComplete, readFilled } from '../copy/filled.js'
import { removeHelpers } from '../engine/helper.js'
import { makeShared, missingShared } from '../engine/shared.js'
import { resumeStale } from '../halt/halt.js'
import { readStale } from '../halt/rows.js'
import { finishSwaps, forgetSwaps, readSwaps } from '../swap/swap.js'
import { sources } from './sources.js'

/** The step's receipt. Each volume is considered once per environment, so that live data is never overwritten. */
export type Receipt = {
  /** Keys of the volumes that this step has considered, copied or not. */
  readonly considered: readonly string[]
  readonly copied: readonly Copied[]
}

/** Copies data into new volumes, and finishes work on volumes that a killed piko has left. */
export const copy = defineStep({
  id: 'volumes:copy',
  title: 'Copying volumes',
  undoTitle: 'Removing volumes and images',
  phase: 'data',
  after: ['compose:volumes'],
  timeLimit: 86_400,

  async plan(context: VolumesContext, receipt: Receipt) {
    const { fresh } = compare(context, receipt)
    if (fresh.length > 0) return { action: 'change', because: `new volumes: ${fresh.join(', ')}` }
    if (readSwaps(context).length > 0) return { action: 'change', because: 'a restore was cut short' }
    if (readStale(context).length > 0) return { action: 'change', because: 'a copy was cut short' }
    const missing = await missingShared(context)
    if (missing.length > 0)
      return { action: 'change', because: `shared volumes are missing: ${missing.join(', ')}` }
    return { action: 'nothing', because: 'every volume has its data' }
  },

  /** `volumes:sources` already previews what would be copied. */
  preview: () => Promise.resolve(undefined),

  async do(context: VolumesContext, before: Receipt | undefined): Promise<Receipt> {
    await resumeStale(context)
    await finishSwaps(context)
    await makeShared(context)
    forgetComplete(context)
    const { fresh, wanted, choice } = compare(context, before)
    const copied = wanted.length === 0 ? [] : await fillVolumes(context, { keys: wanted, choice })
    return {
      considered: [...(before?.considered ?? []), ...fresh],
      copied: [...(before?.copied ?? []), ...copied],
    }
  },

  async undo(context: VolumesContext) {
    await resumeStale(context)
    await removeHelpers(context)
    if (context.verb === 'destroy') {
      if (context.flags['backup'] === true) await backUp(context)
    } else {
      const there = await fetchVolumes(context, readFilled(context))
      for (const { name } of there) await emptyVolume(context, name)
    }
    forgetFilled(context)
    forgetSwaps(context)
  },

  report({ copied }) {
    if (copied.length === 0) return undefined
    const bytes = copied.reduce((sum, each) => sum + each.bytes, 0)
    return `Copied ${copied.map(({ source }) => source).join(', ')} (${bytesText(bytes)})`
  },
})

async function backUp(context: VolumesContext): Promise<void> {
  const own = context.fact(modelFact) === undefined ? [] : await fetchOwn(context)
  if (own.some(({ isThere }) => isThere)) await backupEnvironment(context, {})
  else context.say(`! No backup: ${context.environment.name} has no volumes`)
}

interface Compared {
  /** Volumes not considered yet. */
  readonly fresh: readonly string[]
  /** Those of them to copy. */
  readonly wanted: readonly string[]
  readonly choice: Choice
}

type Looking = Pick<VolumesContext, 'fact' | 'receipt' | 'config' | 'collect'>

function compare(context: Looking, receipt: Receipt | undefined): Compared {
  const model = context.fact(modelFact)
  const keys = model ? usedVolumes(context, model) : []
  const fresh = keys.filter(key => !receipt?.considered.includes(key))
  const choice = context.receipt(sources) ?? { all: false, from: null, verify: false, tolerant: false }
  return { fresh, wanted: chosen(context, { choice, keys: fresh }), choice }
}
