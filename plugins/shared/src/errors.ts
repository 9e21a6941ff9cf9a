import { type ErrorDetails, type Failure, failure, variableWord, type Warning } from '@piko/sdk'

export function wishesDamaged(file: string, cause: unknown): Failure {
  return failure({
    code: 'SHARED_FILE_DAMAGED',
    message: `${file} cannot be read`,
    hints: [`To use only what .piko.yml shares, remove it: \`rm ${file}\``],
    cause,
  })
}

export function notShareable(service: string, because: string): Failure {
  return failure({
    code: 'SHARED_NOT_SHAREABLE',
    message: `Service ${service} cannot be shared: ${because}`,
    hints: [`To let each environment run its own, run \`piko isolate ${service}\``],
  })
}

export function enginesDiffer(
  environment: string,
  { own, shared }: { readonly own: string; readonly shared: string },
): Failure {
  return failure({
    code: 'SHARED_ENGINES_DIFFER',
    message: `${environment} runs on ${own}, and the shared services on ${shared}; a container cannot be on both`,
    hints: [
      'To start the shared services on another engine, stop them first with `piko down --shared`',
      'To let it run services of its own, run `piko isolate SERVICE`',
    ],
  })
}

export function kindUnknown({
  service,
  image,
}: {
  readonly service: string
  readonly image: string | undefined
}): Failure {
  return failure({
    code: 'SHARED_KIND_UNKNOWN',
    message: `Cannot tell what kind of database ${service} is from its image ${image ?? '(built here)'}`,
    hints: [
      `To name it, set shared.services.${service}.kind to postgres or redis, then run \`piko config check\``,
    ],
  })
}

export function indexesTaken(facts: {
  readonly service: string
  readonly count: number
  readonly holders: readonly string[]
}): Failure {
  const { service, count, holders } = facts
  return failure({
    code: 'SHARED_INDEXES_TAKEN',
    message: `All ${count} indexes of ${service} are taken, by ${holders.join(', ')} and the project itself`,
    hints: [
      `To add more, start it with \`--databases\` and set shared.services.${service}.databases`,
      `To free one, run \`piko destroy ${holders[0] ?? 'NAME'}\``,
    ],
  })
}

export function databaseForeign({
  service,
  name,
}: {
  readonly service: string
  readonly name: string
}): Failure {
  return failure({
    code: 'SHARED_DATABASE_FOREIGN',
    message: `${name} in the shared ${service} already exists and was not made by piko for this environment; nothing was changed`,
    hints: [`To look into it, run \`piko shared\` for the port of ${service}`],
    kind: 'refused',
  })
}

export function notCopied(facts: {
  readonly service: string
  readonly template: string
  readonly because: readonly string[]
}): Failure {
  return failure({
    code: 'SHARED_NOT_COPIED',
    message: `${facts.template} of the shared ${facts.service} could not be copied; the copy was removed`,
    details: facts.because,
    hints: ['To start with an empty one, remove `template` from shared.services and run `piko config check`'],
    kind: 'tool',
  })
}

export function serverDown(service: string): Failure {
  return failure({
    code: 'SHARED_SERVER_DOWN',
    message: `The shared ${service} does not run, so its databases cannot be reached`,
    hints: [`To start it, run \`piko share ${service}\``],
    kind: 'tool',
  })
}

export function servicesMissing(command: 'share' | 'isolate'): Failure {
  return failure({
    code: 'SHARED_SERVICES_MISSING',
    message: `\`piko ${command}\` needs a service`,
    hints: [`To ${command} one, run \`piko ${command} SERVICE\``],
    kind: 'usage',
  })
}

export function notShared(service: string, shared: readonly string[]): Failure {
  const known = shared.length === 0 ? 'nothing is' : `shared: ${shared.join(', ')}`
  return failure({
    code: 'SHARED_NOT_SHARED',
    message: `Service ${service} is not shared (${known})`,
    hints: [`To share it, run \`piko share ${service}\``],
    kind: 'usage',
  })
}

export function notInFiles(service: string, known: readonly string[]): Failure {
  return failure({
    code: 'SHARED_NOT_IN_FILES',
    message: `${service} is to be shared, but the Compose files of the main checkout have no such service (${known.join(', ')})`,
    hints: [
      'To see what .piko.yml shares, run `piko config show`',
      `To undo a \`piko share\`, run \`piko isolate ${service}\``,
    ],
  })
}

/** A service that uses a shared server, by a variable of its own where it has one. */
interface Use {
  readonly service: string
  readonly variable?: { readonly name: string; readonly value: string }
}

interface Common {
  readonly server: string
  readonly kind: 'postgres' | 'redis'
  readonly uses: readonly Use[]
  /** Each environment has a database of its own by now, which these do not use. */
  readonly isSeparate: boolean
}

/** What one environment writes, the others read: a job that is posted in one is done in another. */
export function dataCommon({ server, kind, uses, isSeparate }: Common): Warning {
  const who = uses.map(({ service }) => service).join(', ')
  const what = kind === 'redis' ? 'keys, queues and jobs' : 'rows'
  const set = `shared: { services: { ${server}: { per_environment: database } } }`
  const lines = new Map<string, string[]>()
  for (const use of uses) {
    const line = lineFor(use, { server, kind })
    lines.set(line, [...(lines.get(line) ?? []), use.service])
  }
  return {
    code: 'SHARED_DATA_COMMON',
    message: `${who} ${uses.length === 1 ? 'shares' : 'share'} the ${what} of ${server} with all environments: what one writes, another reads`,
    hints: [
      ...(isSeparate ? [] : [`To give each environment a database of its own, set \`${set}\` in .piko.yml`]),
      ...[...lines].map(
        ([line, services]) =>
          `To have ${services.join(', ')} use it, write \`${line}\` under its \`environment:\` in the Compose file`,
      ),
    ],
  }
}

/** `REDIS_URL: ${PIKO_REDIS_INTERNAL_URL:-redis://redis:6379}`; a host alone cannot say which database. */
function lineFor({ variable }: Use, { server, kind }: Pick<Common, 'server' | 'kind'>): string {
  const word = `PIKO_${variableWord(server)}`
  const usual = kind === 'redis' ? 'redis' : 'postgres'
  if (variable === undefined)
    return `${usual === 'redis' ? 'REDIS' : 'DATABASE'}_URL: \${${word}_INTERNAL_URL}`
  if (variable.value.includes('://'))
    return `${variable.name}: \${${word}_INTERNAL_URL:-${withoutPassword(variable.value)}}`
  return kind === 'redis'
    ? `REDIS_DB: \${${word}_DATABASE:-0}`
    : `POSTGRES_DB: \${${word}_DATABASE:-postgres}`
}

/** It may come from `.env`, and belongs into no output. */
function withoutPassword(url: string): string {
  return url.replace(/(\/\/[^/@\s:]*:)(?!\$)[^/@\s]+@/, '$1***@')
}

export function servicesDown(services: readonly string[]): ErrorDetails {
  return {
    code: 'SHARED_SERVICES_DOWN',
    message: `Shared services that environments use do not run: ${services.join(', ')}`,
    hints: [`To start them, run \`piko share ${services.join(' ')}\``],
  }
}
