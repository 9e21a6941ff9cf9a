import { runDocker } from '@piko/plugin-compose/contract/engine'
import { detailsOf } from '@piko/sdk'
import { PassThrough } from 'node:stream'
import type { VolumesContext } from '../context.js'

export interface Pump {
  /** A docker command that writes to stdout, and one that reads from stdin. */
  readonly from: readonly string[]
  readonly into: readonly string[]
  through(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

/** Pipes one docker command into another. Throws the cause if one of them fails. */
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

/** Throws the cause of programs that failed together: the error with details. The others only lost their pipe. */
export function throwFirst(ended: readonly PromiseSettledResult<unknown>[]): void {
  const reasons = ended.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (reasons.length === 0) return
  throw reasons.find(reason => detailsOf(reason)) ?? reasons[0]
}
