import type { EnvironmentStatus } from '@piko/sdk'
import type { Live } from '../environment/live.js'

/** The live part of an answer in `--json`. Unknown values are null. */
export function liveAnswer(recorded: EnvironmentStatus, { services, real, git }: Live = {}) {
  return {
    state: real?.state ?? recorded,
    running: real?.running ?? null,
    wanted: real?.wanted ?? null,
    unhealthy: real?.unhealthy ?? null,
    restarts: real?.restarts ?? null,
    services: services ?? null,
    git: git ?? null,
  }
}
