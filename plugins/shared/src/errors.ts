import { type ErrorDetails, failure, type Failure } from '@piko/sdk'

export function wishesDamaged(file: string, cause: unknown): Failure {
  return failure({
    code: 'SHARED_FILE_DAMAGED',
    message: `${file} cannot be read`,
    hints: [`To have only what .piko.yml shares, remove it: \`rm ${file}\``],
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
    message: `What kind of database ${service} is, its image ${image ?? '(built here)'} does not tell`,
    hints: [
      `To say it, set shared.services.${service}.kind to postgres or redis, then run \`piko config check\``,
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
      `To have more, start it with \`--databases\` and set shared.services.${service}.databases`,
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
    message: `${name} in the shared ${service} is there already and was not made by piko for this environment; nothing was changed`,
    hints: [`To look at what is in it, run \`piko shared\` for the port of ${service}`],
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
    message: `${facts.template} of the shared ${facts.service} could not be copied; nothing is left of the copy`,
    details: facts.because,
    hints: ['To start with an empty one, take `template` out of shared.services and run `piko config check`'],
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
    message: `Which service to ${command} was not said`,
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
      `To take back a \`piko share\`, run \`piko isolate ${service}\``,
    ],
  })
}

export function servicesDown(services: readonly string[]): ErrorDetails {
  return {
    code: 'SHARED_SERVICES_DOWN',
    message: `Shared services that environments use do not run: ${services.join(', ')}`,
    hints: [`To start them, run \`piko share ${services.join(' ')}\``],
  }
}
