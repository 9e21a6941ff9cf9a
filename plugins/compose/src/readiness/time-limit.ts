import type { FlagValue } from '@piko/sdk'
import { readinessErrors } from '../errors/readiness.js'

const usual = 300

/** Seconds to wait for services to be ready; undefined with `--no-wait`. */
export function readTimeLimit(flags: Readonly<Record<string, FlagValue>>): number | undefined {
  if (flags['no-wait'] === true) return undefined
  const asked = flags['wait-timeout']
  if (asked === undefined) return usual
  const seconds = Number(asked)
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw readinessErrors.COMPOSE_TIME_LIMIT({ value: String(asked) })
  return seconds
}
