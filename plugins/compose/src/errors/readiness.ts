import { errorTable, type FailureLog } from '@piko/sdk'

/** `how`: "exited with code 3"; `lines`: its last output; `hint`: how to install a missing module. */
type Service = { service: string; how: string; lines: readonly string[]; hint?: string | undefined }
/** `logs`: their whole output, which the host writes to a file. */
type Failed = { environment: string; services: readonly Service[]; logs: readonly FailureLog[] }
/** `name`: the container's name; `isOwn`: whether it belongs to an environment. */
type Trouble = { service: string; environment: string; name: string; how: string; isOwn: boolean }
type Late = Failed & { seconds: number; longer: number }

/** Errors of services while they start, and later. */
export const readinessErrors = errorTable({
  COMPOSE_SERVICE_FAILED: ({ environment, services, logs, cause }: Failed & { cause?: unknown }) => ({
    message: `${services.length === 1 ? 'Service' : 'Services failed:'} ${clauses(services)}`,
    details: services.flatMap(({ lines }) => lines),
    logs,
    hints: [
      `To see its log, run \`piko logs ${environment} ${services[0]?.service ?? ''}\``,
      ...new Set(services.flatMap(({ hint }) => hint ?? [])),
    ],
    kind: 'tool',
    cause,
  }),
  /** `longer`: a time limit to suggest. */
  COMPOSE_NOT_READY: ({ environment, services, logs, seconds, longer }: Late) => ({
    message: `Not ready after ${seconds} s: ${clauses(services)}`,
    details: services.flatMap(({ lines }) => lines),
    logs,
    hints: [
      `To start without waiting, run \`piko up ${environment} --no-wait\``,
      `To wait longer, run \`piko up ${environment} --wait-timeout ${longer}\``,
    ],
    kind: 'tool',
  }),
  COMPOSE_TIME_LIMIT: ({ value }: { value: string }) => ({
    message: `--wait-timeout takes a number of seconds, not ${value}`,
    kind: 'usage',
  }),
  COMPOSE_READY_AFTER: ({ value }: { value: string }) => ({
    message: `PIKO_READY_AFTER takes a number of seconds, not ${value}`,
    hints: ['To use the value of .piko.yml, run `unset PIKO_READY_AFTER`'],
    kind: 'usage',
  }),
  COMPOSE_SERVICE_TROUBLE: ({ troubles }: { troubles: readonly Trouble[] }) => {
    const texts = troubles.map(({ service, environment, how }) => `${service} of ${environment} ${how}`)
    const commands = troubles.map(({ service, environment, name, isOwn }) =>
      isOwn ? `piko logs ${environment} ${service}` : `docker logs ${name}`,
    )
    return {
      message: `${troubles.length === 1 ? 'Service' : 'Services in trouble:'} ${texts.join('; ')}`,
      hints: [...new Set(commands)].map(command => `To see why, run \`${command}\``),
    }
  },
})

function clauses(services: readonly Service[]): string {
  return services.map(({ service, how }) => `${service} ${how}`).join('; ')
}
