import { errorTable, warningTable } from '@piko/sdk'

type Kind = 'service' | 'profile'
type Unknown = { name: string; nearest: string | undefined; known: readonly string[] }
/** `line`: the line of the Compose file by which `service` needs `on`. */
type Needed = { environment: string; service: string; on: string; line: string }
type Dropped = { environment: string; service: string; on: string }

/** Errors in a selection of services. */
export const selectionErrors = errorTable({
  COMPOSE_SERVICE_UNKNOWN: unknown('service'),
  COMPOSE_PROFILE_UNKNOWN: unknown('profile'),
  COMPOSE_SELECTION_UNKNOWN: ({ name, nearest, known }: Unknown) => ({
    message: `\`compose: { services: … }\` in .piko.yml names ${name}, which the Compose files do not have${orNearest(nearest)}`,
    hints: [choice('service', known)],
  }),
  COMPOSE_SELECTION_CONFLICT: ({ name }: { name: string }) => ({
    message: `Both --only and --except name ${name}; nothing was changed`,
    hints: [`To leave ${name} out, remove it from --only; to keep it, remove it from --except`],
    kind: 'usage',
  }),
  COMPOSE_SELECTION_EMPTY: {
    message: 'No service is left to run',
    hints: [
      'To run some services, name them with --only',
      'To create a worktree without containers, set `plugins: []` in .piko.yml',
    ],
    kind: 'usage',
  },
  COMPOSE_SERVICE_NEEDED: ({ environment, service, on, line }: Needed) => ({
    message: `Service ${service} cannot be created without ${on}, which is excluded (\`${line}\`)`,
    hints: [`To leave out both, run \`piko create ${environment} --except ${on},${service}\``],
    kind: 'usage',
  }),
  COMPOSE_SERVICE_UNSELECTED: ({ environment, service }: { environment: string; service: string }) => ({
    message: `Service ${service} is not selected in ${environment}`,
    hints: [`To add it, run \`piko up ${environment} ${service}\``],
  }),
})

export const selectionWarnings = warningTable({
  COMPOSE_DEPENDENCY_DROPPED: ({ environment, service, on }: Dropped) => ({
    message: `Service ${service} depends on ${on}, which is excluded; it starts without it`,
    hints: [`To add it, run \`piko up ${environment} ${on}\``],
    service,
  }),
})

function unknown(kind: Kind) {
  return ({ name, nearest, known }: Unknown) => ({
    message: `The Compose files have no ${kind} ${name}${orNearest(nearest)}`,
    hints: [choice(kind, known)],
    kind: 'usage' as const,
  })
}

function orNearest(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; the nearest is ${nearest}`
}

/** There may be a hundred services: a full list would hide the line above it. */
function choice(kind: Kind, known: readonly string[]): string {
  if (known.length === 0) return `To see what there is, run \`docker compose config --${kind}s\``
  const shown = known.slice(0, 12).join(', ')
  const more =
    known.length > 12 ? `, or one of ${known.length - 12} more (\`docker compose config --${kind}s\`)` : ''
  return `To choose one, pick from ${shown}${more}`
}
