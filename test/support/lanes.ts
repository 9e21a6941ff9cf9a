import { randomInt } from 'node:crypto'

/** The number of test files that run at once, each in a mocha worker: `jobs` of .mocharc.cjs. */
const lanes = Number(process.env['PIKO_TEST_LANES'] ?? 1)

const turns = new Map<string, number>()

/**
 * A number from `from` up to but excluding `to` that no concurrent test gets. Each worker has its own part of the range
 * and cycles through it from a random start. `what` names the numbered thing.
 */
export function numberOfOwn(
  what: string,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const width = Math.floor((to - from) / lanes)
  if (width < 1) throw new Error(`${to - from} ${what} are too few for ${lanes} jobs`)
  const lane = Number(process.env['MOCHA_WORKER_ID'] ?? 0) % lanes
  const turn = turns.get(what) ?? randomInt(width)
  turns.set(what, (turn + 1) % width)
  return from + lane * width + turn
}

/** The second number of subnets in 10.0.0.0/8. */
export function subnetsOfOwn(): number {
  return numberOfOwn('subnets', { from: 20, to: 200 })
}
