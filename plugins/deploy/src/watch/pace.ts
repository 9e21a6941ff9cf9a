const longestMilliseconds = 15 * 60_000
const spread = 0.2

/** The pause before the next look: doubled with each failure in a row, and spread so that many watchers do not meet. */
export function pauseAfter(
  failures: number,
  { seconds, random = Math.random }: { readonly seconds: number; readonly random?: () => number },
): number {
  const base = Math.min(
    seconds * 1000 * 2 ** Math.min(failures, 20),
    Math.max(longestMilliseconds, seconds * 1000),
  )
  return Math.round(base * (1 - spread + 2 * spread * random()))
}
