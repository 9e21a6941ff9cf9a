import { failure, type Failure, type Warning } from '@piko/sdk'

/** What goes wrong with a selection of services. */

interface Unknown {
  readonly name: string
  readonly nearest: string | undefined
  readonly known: readonly string[]
}

export function nameUnknown(kind: 'service' | 'profile', facts: Unknown): Failure {
  return failure({
    code: kind === 'service' ? 'COMPOSE_SERVICE_UNKNOWN' : 'COMPOSE_PROFILE_UNKNOWN',
    message: `The Compose files have no ${kind} ${facts.name}${nearOne(facts)}`,
    hints: [listOf(kind, facts.known)],
    kind: 'usage',
  })
}

export function configuredUnknown(facts: Unknown): Failure {
  return failure({
    code: 'COMPOSE_SELECTION_UNKNOWN',
    message: `\`compose: { services: … }\` in .piko.yml names ${facts.name}, which the Compose files do not have${nearOne(facts)}`,
    hints: [listOf('service', facts.known)],
  })
}

export function chosenTwice(name: string): Failure {
  return failure({
    code: 'COMPOSE_SELECTION_CONFLICT',
    message: `Both --only and --except name ${name}; nothing was changed`,
    hints: [`To leave ${name} out, remove it from --only; to keep it, remove it from --except`],
    kind: 'usage',
  })
}

export function nothingSelected(): Failure {
  return failure({
    code: 'COMPOSE_SELECTION_EMPTY',
    message: 'No service is left to run',
    hints: [
      'To run some services, name them with --only',
      'To create a worktree without containers, set `plugins: []` in .piko.yml',
    ],
    kind: 'usage',
  })
}

export function serviceNeeded(
  environment: string,
  facts: { readonly service: string; readonly on: string; readonly line: string },
): Failure {
  const { service, on, line } = facts
  return failure({
    code: 'COMPOSE_SERVICE_NEEDED',
    message: `Service ${service} cannot be created without ${on}, which is excluded (\`${line}\`)`,
    hints: [`To leave out both, run \`piko create ${environment} --except ${on},${service}\``],
    kind: 'usage',
  })
}

export function serviceUnselected(environment: string, service: string): Failure {
  return failure({
    code: 'COMPOSE_SERVICE_UNSELECTED',
    message: `Service ${service} is not selected in ${environment}`,
    hints: [`To add it, run \`piko up ${environment} ${service}\``],
  })
}

export function dependencyDropped(
  environment: string,
  { service, on }: { readonly service: string; readonly on: string },
): Warning {
  return {
    code: 'COMPOSE_DEPENDENCY_DROPPED',
    message: `Service ${service} depends on ${on}, which is excluded; it starts without it`,
    hints: [`To add it, run \`piko up ${environment} ${on}\``],
    service,
  }
}

function nearOne({ nearest }: Unknown): string {
  return nearest === undefined ? '' : `; the nearest is ${nearest}`
}

/** A catalogue may have a hundred services: a list of all of them would hide the line above it. */
function listOf(kind: 'service' | 'profile', known: readonly string[]): string {
  if (known.length === 0) return `To see what there is, run \`docker compose config --${kind}s\``
  const shown = known.slice(0, 12).join(', ')
  const more =
    known.length > 12 ? `, or one of ${known.length - 12} more (\`docker compose config --${kind}s\`)` : ''
  return `To choose one, pick from ${shown}${more}`
}
