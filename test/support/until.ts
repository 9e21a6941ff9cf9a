import { setTimeout as pause } from 'node:timers/promises'

const POLL_EVERY = 20

/** Looks again and again until there is something to see; after `limit` milliseconds it throws, naming what was awaited. */
export async function until<Seen>(
  what: string,
  look: () => Seen | Promise<Seen>,
  limit = 30_000,
): Promise<NonNullable<Seen>> {
  const deadline = performance.now() + limit
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== null && seen !== false) return seen
    if (performance.now() > deadline) throw new Error(`${what}: not seen within ${limit / 1000} s`)
    await pause(POLL_EVERY)
  }
}
