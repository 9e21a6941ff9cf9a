import { type ErrorDetails, failure, type Failure } from '@piko/sdk'
import { basename } from 'node:path'

/** Every error of this plugin: functions from facts to what is shown. */

export function filesMissing(directory: string, names: readonly string[]): Failure {
  return failure({
    code: 'COMPOSE_FILE_MISSING',
    message: `No Compose file in ${directory}: there is none of ${names.join(', ')}`,
    hints: [
      'To use a file with another name, set `compose: { files: [FILE] }` in .piko.yml',
      'To create only a worktree, set `plugins: []` in .piko.yml',
    ],
  })
}

export function fileMissing(path: string): Failure {
  return failure({
    code: 'COMPOSE_FILE_MISSING',
    message: `The Compose file ${path} does not exist`,
    hints: ['To see which files are used, look at `compose.files` in .piko.yml and COMPOSE_FILE in .env'],
  })
}

export function envFileMissing(gone: {
  readonly file: string
  readonly service?: string | undefined
  readonly because: string
}): Failure {
  const whose = gone.service === undefined ? '' : ` of service ${gone.service}`
  return failure({
    code: 'COMPOSE_ENV_FILE_MISSING',
    message: `The env file ${gone.file}${whose} does not exist: ${gone.because}`,
    hints: [
      `To have piko copy it into every worktree, add it to \`files: { copy: [${basename(gone.file)}] }\` in .piko.yml`,
    ],
  })
}

export function composeInvalid(facts: {
  readonly files: readonly string[]
  readonly details: readonly string[]
  readonly cause?: unknown
}): Failure {
  return failure({
    code: 'COMPOSE_INVALID',
    message: `Docker Compose cannot read ${facts.files.join(', ')}`,
    details: facts.details,
    cause: facts.cause,
  })
}

export function rangeUnequal(facts: {
  readonly files: readonly string[]
  readonly service: string
  readonly port: string
}): Failure {
  return failure({
    code: 'COMPOSE_RANGE_UNEQUAL',
    message: `Service ${facts.service} publishes ${facts.port}, whose two ranges differ in length, in ${facts.files.join(', ')}`,
  })
}

export function portMalformed(facts: {
  readonly files: readonly string[]
  readonly service: string
  readonly port: string
  readonly why: string
}): Failure {
  return failure({
    code: 'COMPOSE_PORT_MALFORMED',
    message: `Service ${facts.service} publishes ${facts.port} in ${facts.files.join(', ')}: ${facts.why}`,
  })
}

interface Wanted {
  readonly kind: string
  readonly name: string
  readonly services: readonly string[]
}

export function sourceMissing(facts: Wanted & { readonly file: string }): Failure {
  return failure({
    code: 'COMPOSE_SOURCE_MISSING',
    message: `The file ${facts.file} of ${facts.kind} ${facts.name} does not exist: ${servicesNeed(facts.services)}`,
    hints: [
      `To have piko copy it into every worktree, add it to \`files: { copy: [${basename(facts.file)}] }\` in .piko.yml`,
    ],
  })
}

export function variableMissing(facts: Wanted & { readonly variable: string }): Failure {
  return failure({
    code: 'COMPOSE_SOURCE_MISSING',
    message: `The variable ${facts.variable} of ${facts.kind} ${facts.name} has no value: ${servicesNeed(facts.services)}`,
    hints: [
      `To set it, add \`${facts.variable}=…\` to .env in the main checkout, or to \`env:\` in .piko.yml`,
    ],
  })
}

export function sourceExternal(facts: Wanted): Failure {
  const { kind, name } = facts
  return failure({
    code: 'COMPOSE_SOURCE_EXTERNAL',
    message: `The ${kind} ${name} is external, which Docker Compose cannot pass to a container: ${servicesNeed(facts.services)}`,
    hints: [
      `To read it from a file, write \`${kind}s: { ${name}: { file: PATH } }\` in a Compose override file`,
    ],
  })
}

export function networkSingle(facts: {
  readonly files: readonly string[]
  readonly network: string
  readonly driver: string
}): Failure {
  return failure({
    code: 'COMPOSE_NETWORK_DRIVER',
    message: `The network ${facts.network} has the driver ${facts.driver}, of which Docker has one network only, in ${facts.files.join(', ')}`,
    hints: [`To use that one, write \`network_mode: ${facts.driver}\` for the services`],
  })
}

function servicesNeed(services: readonly string[]): string {
  return services.length === 1
    ? `service ${services.join('')} needs it`
    : `the services ${services.join(', ')} need it`
}

export function notIsolated(environment: string, problems: readonly string[]): Failure {
  return failure({
    code: 'COMPOSE_NOT_ISOLATED',
    message: `The Compose project of ${environment} would not be isolated: ${problems[0] ?? ''}`,
    details: problems,
    hints: ['To see what piko changes, look at docker-compose.piko.yml in the worktree'],
    kind: 'bug',
  })
}

export function overrideForeign(path: string): Failure {
  return failure({
    code: 'COMPOSE_FILE_FOREIGN',
    message: `${path} exists, and piko did not write it`,
    hints: ['To continue, rename or remove that file'],
    kind: 'refused',
  })
}

export function overrideConflict(facts: {
  readonly path: string
  readonly plugins: readonly [string, string]
}): Failure {
  return failure({
    code: 'COMPOSE_OVERRIDE_CONFLICT',
    message: `The plugins ${facts.plugins.join(' and ')} both set ${facts.path} in the Compose override`,
    kind: 'plugin',
  })
}

export function notResolved(environment: string): Failure {
  return failure({
    code: 'COMPOSE_NOT_RESOLVED',
    message: `The Compose files of ${environment} have not been read yet`,
    hints: [`To read them, run \`piko up ${environment}\``],
  })
}

export function answerUnreadable(command: string, cause: unknown): Failure {
  return failure({
    code: 'COMPOSE_ANSWER_UNREADABLE',
    message: `\`${command}\` printed something that piko cannot read`,
    kind: 'bug',
    cause,
  })
}

export interface Trouble {
  readonly service: string
  readonly environment: string
  /** The container's. */
  readonly name: string
  /** A clause: "is unhealthy". */
  readonly how: string
  /** Whether it is an environment's own. */
  readonly isOwn: boolean
}

export function servicesInTrouble(troubles: readonly Trouble[]): ErrorDetails {
  const texts = troubles.map(({ service, environment, how }) => `${service} of ${environment} ${how}`)
  const commands = troubles.map(({ service, environment, name, isOwn }) =>
    isOwn ? `piko logs ${environment} ${service}` : `docker logs ${name}`,
  )
  return {
    code: 'COMPOSE_SERVICE_TROUBLE',
    message: `${troubles.length === 1 ? 'Service' : 'Services in trouble:'} ${texts.join('; ')}`,
    hints: [...new Set(commands)].map(command => `To see why, run \`${command}\``),
  }
}
