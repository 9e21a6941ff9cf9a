import { errorTable } from '@piko/sdk'

type One = { environment: string; service: string }
type Unknown = { service: string; nearest: string | undefined; known: readonly string[] }
/** `profiles`: its profiles, if none of them is active. */
type Absent = One & { profiles: readonly string[] }
type NoReplica = One & { replica: number; replicas: readonly number[] }
/** `status`: Docker's word; `name`: the service of a replica. */
type Stopped = One & {
  name: string
  status: string
  isPaused: boolean
  exitCode: number | undefined
  lines: readonly string[]
}
type NoImage = Absent & { image: string; remedy: 'build' | 'pull' }

/** Errors about a service that the user named. */
export const serviceErrors = errorTable({
  COMPOSE_SERVICE_UNKNOWN: ({ service, nearest, known }: Unknown) => ({
    message: `There is no service ${service}${nearest === undefined ? '' : `; the nearest is ${nearest}`}`,
    hints: [`To choose one, pick from ${known.join(', ')}`],
    kind: 'usage',
  }),
  COMPOSE_SERVICE_ELSEWHERE: ({ environment, service, plugin }: One & { plugin: string }) => ({
    message: `Service ${service} does not run in ${environment}: the plugin ${plugin} has removed it`,
    hints: [`To see what is changed and why, run \`piko explain ${environment}\``],
  }),
  COMPOSE_SHARED_ABSENT: ({ service }: { service: string }) => ({
    message: `The shared service ${service} has no container`,
    hints: [`To start it, run \`piko share ${service}\``],
  }),
  COMPOSE_SERVICE_ABSENT: ({ environment, service, profiles }: Absent) => ({
    message: `Service ${service} of ${environment} has no container${belongsTo(profiles)}`,
    hints: [`To start it, run \`piko up ${environment} ${service}\``],
  }),
  /** `remedy`: the command that provides the image. */
  COMPOSE_IMAGE_MISSING: ({ environment, service, profiles, image, remedy }: NoImage) => ({
    message: `Service ${service} of ${environment} has no container, and its image ${image} is missing${belongsTo(profiles)}`,
    hints: [
      `To get the image, run \`piko ${remedy} ${environment} ${service}\``,
      `To start it, run \`piko up ${environment} ${service}\``,
    ],
  }),
  COMPOSE_REPLICA_UNKNOWN: ({ environment, service, replica, replicas }: NoReplica) => ({
    message: `Service ${service} of ${environment} has no replica ${replica}; there ${replicas.length === 1 ? 'is' : 'are'} ${replicas.map(number => `${service}#${number}`).join(', ')}`,
    hints: [`To start that many, run \`piko scale ${environment} ${service}=${replica}\``],
    kind: 'usage',
  }),
  COMPOSE_SERVICE_NOT_RUNNING: ({
    environment,
    service,
    name,
    status,
    isPaused,
    exitCode,
    lines,
  }: Stopped) => ({
    message: `Service ${service} of ${environment} does not run: ${exitCode === undefined ? `it is ${status}` : `it ended with exit code ${exitCode}`}`,
    details: lines,
    hints: isPaused
      ? [`To resume it, run \`piko compose ${environment} -- unpause ${name}\``]
      : [
          `To see its log, run \`piko logs ${environment} ${service}\``,
          `To start it, run \`piko up ${environment} ${name}\``,
        ],
  }),
  COMPOSE_ADDRESS_UNCLEAR: ({ word }: { word: string }) => ({
    message: `${word} is not a replica: its number, from 1, goes after #`,
    hints: ['To see the replicas, run `piko ps`'],
    kind: 'usage',
  }),
  COMPOSE_REPLICA_ALONE: (facts: { word: string; verb: string } | { replicas: readonly string[] }) =>
    'replicas' in facts
      ? {
          message: `\`piko logs\` takes only one replica, not ${facts.replicas.join(', ')} with others`,
          hints: [`To see one of them, run \`piko logs ${facts.replicas[0] ?? ''}\``],
          kind: 'usage',
        }
      : {
          message: `\`piko ${facts.verb}\` takes whole services, not the replica ${facts.word}`,
          hints: [`To act on all of its replicas, name ${facts.word.split('#')[0] ?? facts.word}`],
          kind: 'usage',
        },
  COMPOSE_SHELL_MISSING: ({ environment, service, image }: One & { image: string }) => ({
    message: `Service ${service} of ${environment} has no shell: there is neither bash nor sh in ${image}`,
    hints: [`To run one of its programs, run \`piko exec ${environment} ${service} -- PROGRAM\``],
  }),
  COMPOSE_SHELL_WORDS: ({ environment, service, words }: One & { words: readonly string[] }) => ({
    message: `\`piko shell\` takes one service and no command: ${words.join(' ')}`,
    hints: [`To run a command there, run \`piko exec ${environment} ${service} -- ${words.join(' ')}\``],
    kind: 'usage',
  }),
  COMPOSE_SERVICE_UNNAMED: ({ command, known }: { command: string; known: readonly string[] }) => ({
    message: `\`piko ${command}\` needs a service`,
    hints: [`To choose one, pick from ${known.join(', ')}`],
    kind: 'usage',
  }),
  COMPOSE_NOTHING_CREATED: ({ environment }: { environment: string }) => ({
    message: `${environment} has no containers`,
    hints: [`To start it, run \`piko up ${environment}\``],
  }),
  COMPOSE_COMMAND_MISSING: ({ environment }: { environment: string }) => ({
    message: 'A service and a command are needed',
    hints: [`To run one, name both: \`piko exec ${environment} SERVICE -- CMD\``],
    kind: 'usage',
  }),
})

function belongsTo(profiles: readonly string[]): string {
  if (profiles.length === 0) return ''
  return `; it belongs to ${profiles.length === 1 ? 'profile' : 'the profiles'} ${profiles.join(', ')}`
}
