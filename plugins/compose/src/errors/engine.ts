import { errorTable } from '@piko/sdk'

type Kind = 'volume' | 'network'
type Owned = { name: string; environment: string }
type External = { name: string; users: readonly string[] }
type Subnet = { network: string; subnet: string; holder?: string; cause: unknown }
type InUse = { name: string; containers: readonly string[]; cause: unknown }
type Held = { volumes: readonly { name: string; users: readonly string[] }[]; cause: unknown }
/** `free`: a port to suggest instead. */
type Taken = {
  environment: string
  port: number
  service: string
  target: number
  holder: string
  free: number
  cause: unknown
}

/** Errors between piko and a running engine. */
export const engineErrors = errorTable({
  COMPOSE_ENGINE_UNREACHABLE: ({ engine, cause }: { engine: string; cause: unknown }) => ({
    message: `Docker does not answer (${engine})`,
    hints: [
      'To see which engine Docker would use, run `docker context ls`',
      'To try again, start Docker and run `docker info`',
    ],
    kind: 'tool',
    cause,
  }),
  /** `body`: the engine's response, which gives the reason. */
  COMPOSE_ENGINE_REFUSED: ({ path, body }: { path: string; body: string }) => ({
    message: `Docker could not answer ${path}`,
    details: body.trim().split('\n'),
    hints: ["For details, see the engine's own log"],
    kind: 'tool',
  }),
  COMPOSE_ANSWER_UNREADABLE: ({ command, cause }: { command: string; cause: unknown }) => ({
    message: `\`${command}\` printed something that piko cannot read`,
    kind: 'bug',
    cause,
  }),
  COMPOSE_VOLUME_FOREIGN: foreign('volume'),
  COMPOSE_NETWORK_FOREIGN: foreign('network'),
  COMPOSE_VOLUME_MISSING: missing('volume'),
  COMPOSE_NETWORK_MISSING: missing('network'),
  COMPOSE_SUBNET_TAKEN: ({ network, subnet, holder, cause }: Subnet) => ({
    message: `The network ${network} cannot have the subnet ${subnet}: ${holder ?? 'something on the engine'} uses it`,
    hints: ['To use another pool, set PIKO_SUBNET_POOL, such as `export PIKO_SUBNET_POOL=10.211.0.0/16`'],
    kind: 'tool',
    cause,
  }),
  COMPOSE_POOLS_EXHAUSTED: ({ network, cause }: { network: string; cause: unknown }) => ({
    message: `Docker has no address range left for network ${network}; its default pools give about 30 networks in all`,
    hints: [
      'To see what uses them, run `docker network ls`',
      "To give Docker more, set `default-address-pools` in the engine's daemon.json",
      'To free those that nothing uses, run `docker network prune`',
    ],
    kind: 'tool',
    cause,
  }),
  COMPOSE_NETWORK_IN_USE: ({ name, containers, cause }: InUse) => ({
    message: `The network ${name} is still used by ${containers.join(', ')}`,
    hints: [`To disconnect it, run \`docker network disconnect -f ${name} ${containers[0] ?? 'CONTAINER'}\``],
    kind: 'tool',
    cause,
  }),
  COMPOSE_VOLUME_IN_USE: ({ volumes, cause }: Held) => {
    const names = volumes.map(({ name }) => name)
    const held = volumes.map(({ name, users }) => `${name} (${users.join(', ') || 'no container'})`)
    const them = names.length === 1 ? 'it' : 'them'
    return {
      message: `Not removed, since other containers use ${them}: ${held.join(', ')}`,
      hints: [
        `To see which ones, run \`docker ps -a --filter volume=${names[0] ?? ''}\``,
        `To remove ${them} once they are gone, run \`docker volume rm ${names.join(' ')}\``,
      ],
      kind: 'tool',
      cause,
    }
  },
  COMPOSE_PORT_TAKEN: ({ environment, port, service, target, holder, free, cause }: Taken) => ({
    message: `Port ${port} of service ${service} is taken by ${holder}`,
    hints: [
      `To give this environment another port, run \`piko create ${environment} --port ${service}:${target}=${free}\``,
    ],
    kind: 'state',
    cause,
  }),
})

function foreign(kind: Kind) {
  return ({ name, environment }: Owned) => ({
    message: `The ${kind} ${name} already exists and is not piko's for ${environment}; nothing was changed`,
    hints: [
      `To look at it, run \`docker ${kind} inspect ${name}\``,
      `To let piko make its own, remove it with \`docker ${kind} rm ${name}\``,
    ],
    kind: 'refused' as const,
  })
}

function missing(kind: Kind) {
  return ({ name, users }: External) => ({
    message: `The external ${kind} ${name}${users.length === 0 ? '' : ` of ${users.join(', ')}`} does not exist; nothing was started`,
    hints: [`To create it, run \`docker ${kind} create ${name}\``],
  })
}
