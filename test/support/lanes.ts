import { randomInt } from 'node:crypto'

/** As many test files run at once, each in a worker of mocha's (`jobs` of .mocharc.cjs). */
const lanes = 4

const turns = new Map<string, number>()

/**
 * A number from `from` to below `to` that no test running at the same time gets: each worker has a part of its own, and
 * goes round in it from a random start. `what` names the thing that is numbered.
 */
export function numberOfOwn(
  what: string,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const width = Math.floor((to - from) / lanes)
  const lane = Number(process.env['MOCHA_WORKER_ID'] ?? randomInt(lanes)) % lanes
  const turn = turns.get(what) ?? randomInt(width)
  turns.set(what, (turn + 1) % width)
  return from + lane * width + turn
}
