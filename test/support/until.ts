import { setTimeout as pause } from 'node:timers/promises'

const POLL_EVERY = 20

/** Polls until the result is truthy. After `limit` milliseconds it throws and names what was awaited. */
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
