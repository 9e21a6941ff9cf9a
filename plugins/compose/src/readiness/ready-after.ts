import type { ComposeConfig } from '../config.js'
import { readinessErrors } from '../errors/readiness.js'

/** Seconds that a container must stay up before it counts as ready: PIKO_READY_AFTER or `compose.ready_after`. */
export function readReadyAfter({ ready_after: configured }: Pick<ComposeConfig, 'ready_after'>): number {
  const given = process.env['PIKO_READY_AFTER']?.trim()
  if (given === undefined || given === '') return configured
  const seconds = Number(given)
  if (!Number.isFinite(seconds) || seconds < 0) throw readinessErrors.COMPOSE_READY_AFTER({ value: given })
  return seconds
}
