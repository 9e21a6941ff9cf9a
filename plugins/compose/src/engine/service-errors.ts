import { failure, type Failure } from '@piko/sdk'

/** What goes wrong with a service that the user named. */

export function serviceUnknown(facts: {
  readonly service: string
  readonly nearest: string | undefined
  readonly known: readonly string[]
}): Failure {
  return failure({
    code: 'COMPOSE_SERVICE_UNKNOWN',
    message: `There is no service ${facts.service}${facts.nearest === undefined ? '' : `; the nearest is ${facts.nearest}`}`,
    hints: [`To choose one, pick from ${facts.known.join(', ')}`],
    kind: 'usage',
  })
}

export function serviceElsewhere(
  environment: string,
  facts: { readonly service: string; readonly plugin: string },
): Failure {
  return failure({
    code: 'COMPOSE_SERVICE_ELSEWHERE',
    message: `Service ${facts.service} does not run in ${environment}: the plugin ${facts.plugin} has removed it`,
    hints: [`To see what is changed and why, run \`piko explain ${environment}\``],
  })
}

export function sharedAbsent(service: string): Failure {
  return failure({
    code: 'COMPOSE_SHARED_ABSENT',
    message: `The shared service ${service} has no container`,
    hints: [`To start it, run \`piko share ${service}\``],
  })
}

export function serviceAbsent(
  environment: string,
  facts: {
    readonly service: string
    /** Those that it belongs to, where none of them is on. */
    readonly profiles: readonly string[]
    readonly missingImage: string | undefined
    readonly isBuilt: boolean
  },
): Failure {
  const { service, profiles, missingImage, isBuilt } = facts
  const off =
    profiles.length === 0
      ? ''
      : `; it belongs to ${profiles.length === 1 ? 'profile' : 'the profiles'} ${profiles.join(', ')}`
  const lacking = missingImage === undefined ? '' : `, and its image ${missingImage} is missing`
  const remedy = isBuilt ? 'build' : 'pull'
  return failure({
    code: missingImage === undefined ? 'COMPOSE_SERVICE_ABSENT' : 'COMPOSE_IMAGE_MISSING',
    message: `Service ${service} of ${environment} has no container${lacking}${off}`,
    hints: [
      ...(missingImage === undefined
        ? []
        : [`To get the image, run \`piko ${remedy} ${environment} ${service}\``]),
      `To start it, run \`piko up ${environment} ${service}\``,
    ],
  })
}

export function replicaUnknown(
  environment: string,
  facts: { readonly service: string; readonly replica: number; readonly replicas: readonly number[] },
): Failure {
  const { service, replica, replicas } = facts
  const there = replicas.map(number => `${service}#${number}`).join(', ')
  return failure({
    code: 'COMPOSE_REPLICA_UNKNOWN',
    message: `Service ${service} of ${environment} has no replica ${replica}; there ${replicas.length === 1 ? 'is' : 'are'} ${there}`,
    hints: [`To start that many, run \`piko scale ${environment} ${service}=${replica}\``],
    kind: 'usage',
  })
}

export function serviceNotRunning(
  environment: string,
  facts: {
    readonly service: string
    /** Docker's word: "exited", "created", "paused". */
    readonly status: string
    readonly exitCode: number | undefined
    readonly lines: readonly string[]
  },
): Failure {
  const { service, status, exitCode, lines } = facts
  const how = exitCode === undefined ? `it is ${status}` : `it ended with exit code ${exitCode}`
  const name = service.split('#')[0] ?? service
  return failure({
    code: 'COMPOSE_SERVICE_NOT_RUNNING',
    message: `Service ${service} of ${environment} does not run: ${how}`,
    details: lines,
    hints: [
      ...(status === 'paused'
        ? [`To resume it, run \`piko compose ${environment} -- unpause ${name}\``]
        : [
            `To see its log, run \`piko logs ${environment} ${service}\``,
            `To start it, run \`piko up ${environment} ${name}\``,
          ]),
    ],
  })
}

export function addressUnclear(word: string): Failure {
  return failure({
    code: 'COMPOSE_ADDRESS_UNCLEAR',
    message: `${word} is not a replica: its number, from 1, goes after #`,
    hints: ['To see the replicas, run `piko ps`'],
    kind: 'usage',
  })
}

export function replicaAlone(word: string, verb: string): Failure {
  return failure({
    code: 'COMPOSE_REPLICA_ALONE',
    message: `\`piko ${verb}\` takes whole services, not the replica ${word}`,
    hints: [`To act on all of its replicas, name ${word.split('#')[0] ?? word}`],
    kind: 'usage',
  })
}

export function replicasMixed(replicas: readonly string[]): Failure {
  return failure({
    code: 'COMPOSE_REPLICA_ALONE',
    message: `\`piko logs\` takes only one replica, not ${replicas.join(', ')} with others`,
    hints: [`To see one of them, run \`piko logs ${replicas[0] ?? ''}\``],
    kind: 'usage',
  })
}

export function shellMissing(
  environment: string,
  facts: { readonly service: string; readonly image: string },
): Failure {
  return failure({
    code: 'COMPOSE_SHELL_MISSING',
    message: `Service ${facts.service} of ${environment} has no shell: there is neither bash nor sh in ${facts.image}`,
    hints: [`To run one of its programs, run \`piko exec ${environment} ${facts.service} -- PROGRAM\``],
  })
}

export function shellTakesNoCommand(
  environment: string,
  facts: { readonly service: string; readonly words: readonly string[] },
): Failure {
  return failure({
    code: 'COMPOSE_SHELL_WORDS',
    message: `\`piko shell\` takes one service and no command: ${facts.words.join(' ')}`,
    hints: [
      `To run a command there, run \`piko exec ${environment} ${facts.service} -- ${facts.words.join(' ')}\``,
    ],
    kind: 'usage',
  })
}

export function serviceUnnamed(command: string, known: readonly string[]): Failure {
  return failure({
    code: 'COMPOSE_SERVICE_UNNAMED',
    message: `\`piko ${command}\` needs a service`,
    hints: [`To choose one, pick from ${known.join(', ')}`],
    kind: 'usage',
  })
}

export function nothingCreated(environment: string): Failure {
  return failure({
    code: 'COMPOSE_NOTHING_CREATED',
    message: `${environment} has no containers`,
    hints: [`To start it, run \`piko up ${environment}\``],
  })
}

export function commandMissing(environment: string): Failure {
  return failure({
    code: 'COMPOSE_COMMAND_MISSING',
    message: 'A service and a command are needed',
    hints: [`To run one, name both: \`piko exec ${environment} SERVICE -- CMD\``],
    kind: 'usage',
  })
}
