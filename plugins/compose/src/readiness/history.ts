import type { Container } from '../engine/containers.js'

/** What was observed of one container since the watch began. Times are piko's clock, in milliseconds. */
export interface History {
  /** When the engine started it, if it existed when the watch began; undefined for a newer container. */
  readonly startedBefore: string | undefined
  readonly startedAt: string
  /** When it came up after its last restart, if it is up. */
  readonly upSince: number
  /** When it was last seen up. */
  readonly upUntil: number
  /** The engine's restart count at the last look. */
  readonly count: number
  /** Restarts in a row, including those in progress when the watch began. */
  readonly restarts: number
  /** When the first of these restarts was seen. */
  readonly troubledSince: number | undefined
  /** Its exit code when it was last seen down. */
  readonly exitCode: number
}

/** Uptime in milliseconds after which the row of restarts ends. Docker also resets its pauses between restarts then. */
const stableAfter = 10_000

/**
 * Begins a history. When the watch begins, `engineNow` is the engine's clock, so that a container that is already up
 * need not prove it again.
 */
export function firstSeen(
  container: Container,
  { now, engineNow }: { readonly now: number; readonly engineNow: number | undefined },
): History {
  const { startedAt, restarts: count, status, exitCode } = container
  const isNew = engineNow === undefined
  const uptime = isNew ? 0 : Math.max(0, engineNow - Date.parse(startedAt))
  const isInTrouble = count > 0 && (status === 'restarting' || uptime < stableAfter)
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

/** Updates a history after another look. Pure. */
export function seenAgain(
  history: History,
  container: Container,
  { now, readyAfter }: { readonly now: number; readonly readyAfter: number },
): History {
  const { startedAt, restarts: count, status, exitCode } = container
  // The engine's count restarts at 0 when a container is started manually.
  const isReset = count < history.count
  const more = isReset ? count : count - history.count
  const wasStable = history.upUntil - history.upSince >= Math.max(stableAfter, readyAfter * 1000)
  const startsOver = isReset || (more > 0 && wasStable)
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
