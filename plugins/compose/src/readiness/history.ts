import type { Container } from '../engine/containers.js'

/** What has been seen of one container since the watch began. Times are those of piko's own clock, in milliseconds. */
export interface History {
  /** When the engine had started it as the watch began; undefined for a container that is newer. */
  readonly startedBefore: string | undefined
  readonly startedAt: string
  /** Since when it has been up without a restart, where it is. */
  readonly upSince: number
  /** When it was last seen up since then. */
  readonly upUntil: number
  /** The engine's own count at the last look. */
  readonly count: number
  /** Restarts in a row, with those that were under way as the watch began. */
  readonly restarts: number
  /** When the first restart of that row was seen. */
  readonly troubledSince: number | undefined
  /** Of the last time that it was seen down. */
  readonly exitCode: number
}

/** As Docker does, whose pauses between restarts begin anew after this many milliseconds. */
const forgivenAfter = 10_000

/** At the beginning of the watch, `engineNow` is the engine's clock: what is up already need not prove it again. */
export function firstSeen(
  container: Container,
  { now, engineNow }: { readonly now: number; readonly engineNow: number | undefined },
): History {
  const { startedAt, restarts: count, status, exitCode } = container
  const isNew = engineNow === undefined
  const uptime = isNew ? 0 : Math.max(0, engineNow - Date.parse(startedAt))
  const isInTrouble = count > 0 && (status === 'restarting' || uptime < forgivenAfter)
  return {
    startedBefore: isNew ? undefined : startedAt,
    startedAt,
    upSince: now - uptime,
    upUntil: now,
    count,
    restarts: isInTrouble ? count : 0,
    troubledSince: isInTrouble ? now : undefined,
    exitCode,
  }
}

/** Pure. What is known after one more look. */
export function seenAgain(
  history: History,
  container: Container,
  { now, readyAfter }: { readonly now: number; readonly readyAfter: number },
): History {
  const { startedAt, restarts: count, status, exitCode } = container
  // The engine counts from 0 again when a container is started by hand.
  const isReset = count < history.count
  const more = isReset ? count : count - history.count
  const isForgiven = history.upUntil - history.upSince >= Math.max(forgivenAfter, readyAfter * 1000)
  const startsOver = isReset || (more > 0 && isForgiven)
  const restarts = (startsOver ? 0 : history.restarts) + more
  const troubledSince = startsOver ? now : (history.troubledSince ?? now)
  const isSameStart = startedAt === history.startedAt
  return {
    ...history,
    startedAt,
    upSince: isSameStart ? history.upSince : now,
    upUntil: isSameStart && status !== 'running' ? history.upUntil : now,
    count,
    restarts,
    troubledSince: restarts > 0 ? troubledSince : undefined,
    exitCode: status === 'running' ? history.exitCode : exitCode,
  }
}
