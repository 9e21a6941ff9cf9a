import { runDocker } from '@piko/plugin-compose/contract/engine'
import { detailsOf } from '@piko/sdk'
import { PassThrough } from 'node:stream'
import type { VolumesContext } from '../context.js'

export interface Pump {
  /** A docker command that says bytes, and one that takes them. */
  readonly from: readonly string[]
  readonly into: readonly string[]
  through(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

/** Lets one docker command read what another says. Both have ended well, or it throws why the first of them did not. */
export async function pump(context: VolumesContext, { from, into, through }: Pump): Promise<void> {
  const middle = makePipe()
  const ended = await Promise.allSettled([
    runDocker(context, into, { from: through(middle) }),
    runDocker(context, from, { to: middle }),
  ])
  throwFirst(ended)
}

export function makePipe(): PassThrough {
  return new PassThrough({ highWaterMark: 1 << 20 })
}

/** Of several programs that failed together, the one that says why is to blame: the others lost their other end. */
export function throwFirst(ended: readonly PromiseSettledResult<unknown>[]): void {
  const reasons = ended.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (reasons.length === 0) return
  throw reasons.find(reason => detailsOf(reason)) ?? reasons[0]
}
