import { failure, type Failure, type FailureLog } from '@piko/sdk'

/** What goes wrong while services start. */

export interface FailedService {
  readonly service: string
  /** A clause: "exited with code 3". */
  readonly how: string
  /** What its health check did last, and what it printed last. */
  readonly lines: readonly string[]
  /** The way to bring a module that it lacks. */
  readonly hint?: string | undefined
}

interface Failed {
  readonly environment: string
  readonly services: readonly FailedService[]
  /** All that they have printed; the host keeps it in a file. */
  readonly logs: readonly FailureLog[]
}

export function servicesFailed({ environment, services, logs }: Failed, cause?: unknown): Failure {
  const first = services[0]?.service ?? ''
  return failure({
    code: 'COMPOSE_SERVICE_FAILED',
    message: `${services.length === 1 ? 'Service' : 'Services failed:'} ${clauses(services)}`,
    details: services.flatMap(({ lines }) => lines),
    logs,
    hints: [`To see its log, run \`piko logs ${environment} ${first}\``, ...hintsOf(services)],
    kind: 'tool',
    cause,
  })
}

export function notReady(failed: Failed & { readonly seconds: number }): Failure {
  const { environment, services, logs, seconds } = failed
  return failure({
    code: 'COMPOSE_NOT_READY',
    message: `Not ready after ${seconds} s: ${clauses(services)}`,
    details: services.flatMap(({ lines }) => lines),
    logs,
    hints: [
      `To start without waiting, run \`piko up ${environment} --no-wait\``,
      `To wait longer, run \`piko up ${environment} --wait-timeout ${seconds * 2}\``,
    ],
    kind: 'tool',
  })
}

function hintsOf(services: readonly FailedService[]): readonly string[] {
  return [...new Set(services.flatMap(({ hint }) => hint ?? []))]
}

function clauses(services: readonly FailedService[]): string {
  return services.map(({ service, how }) => `${service} ${how}`).join('; ')
}

export function timeLimitUnclear(value: string): Failure {
  return failure({
    code: 'COMPOSE_TIME_LIMIT',
    message: `--wait-timeout takes a number of seconds, not ${value}`,
    kind: 'usage',
  })
}

export function readyAfterUnclear(value: string): Failure {
  return failure({
    code: 'COMPOSE_READY_AFTER',
    message: `PIKO_READY_AFTER takes a number of seconds, not ${value}`,
    hints: ['To use the value of .piko.yml, run `unset PIKO_READY_AFTER`'],
    kind: 'usage',
  })
}
