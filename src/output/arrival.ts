import type { Arrival } from '../workspace/identify.js'

/** What opening a moved or copied project has changed, as a sentence without a full stop. */
export function arrivalText({ kind, from }: Arrival, count: number): string {
  const environments = count === 1 ? 'its environment' : `its ${count} environments`
  if (kind === 'moved') return `This project was moved here from ${from}; carried over ${environments}`
  return `This folder is a copy of ${from}; gave ${environments} ports, names and data of their own`
}
