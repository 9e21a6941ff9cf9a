import { randomInt } from 'node:crypto'

/** As many test files run at once, each in a worker of mocha's: `jobs` of .mocharc.cjs. */
const lanes = Number(process.env['PIKO_TEST_LANES'] ?? 1)

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
  if (width < 1) throw new Error(`${to - from} ${what} are too few for ${lanes} jobs`)
  const lane = Number(process.env['MOCHA_WORKER_ID'] ?? 0) % lanes
  const turn = turns.get(what) ?? randomInt(width)
  turns.set(what, (turn + 1) % width)
  return from + lane * width + turn
}

/** The second number of subnets below 10. */
export function subnetsOfOwn(): number {
  return numberOfOwn('subnets', { from: 20, to: 200 })
}
