import type { FlagValue } from '@piko/sdk'
import { readinessErrors } from '../errors/readiness.js'

const defaultSeconds = 300

/** Seconds to wait for services to be ready; undefined with `--no-wait`. */
export function readTimeLimit(flags: Readonly<Record<string, FlagValue>>): number | undefined {
  if (flags['no-wait'] === true) return undefined
  const given = flags['wait-timeout']
  if (given === undefined) return defaultSeconds
  const seconds = Number(given)
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw readinessErrors.COMPOSE_TIME_LIMIT({ value: String(given) })
  return seconds
}
