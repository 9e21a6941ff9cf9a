import { detailsOf, type ErrorDetails, failure, type Failure } from '@piko/sdk'

/** What goes wrong between piko and a running engine. */

export function engineUnreachable(engine: string, cause: unknown): ErrorDetails {
  return {
    code: 'COMPOSE_ENGINE_UNREACHABLE',
    message: `Docker does not answer (${engine})`,
    hints: [
      'To see which engine Docker would use, run `docker context ls`',
      'To try again, start Docker and run `docker info`',
    ],
    kind: 'tool',
    cause,
  }
}

/** The engine says why in the `message` of its answer. */
export function engineRefused(path: string, body: string): Failure {
  return failure({
    code: 'COMPOSE_ENGINE_REFUSED',
    message: `Docker could not answer GET ${path}`,
    details: body.trim().split('\n'),
    hints: ["For details, see the engine's own log"],
    kind: 'tool',
  })
}

export function objectForeign(
  kind: 'volume' | 'network',
  facts: { readonly name: string; readonly environment: string },
): Failure {
  return failure({
    code: kind === 'volume' ? 'COMPOSE_VOLUME_FOREIGN' : 'COMPOSE_NETWORK_FOREIGN',
    message: `The ${kind} ${facts.name} already exists and is not piko's for ${facts.environment}; nothing was changed`,
    hints: [
      `To look at it, run \`docker ${kind} inspect ${facts.name}\``,
      `To let piko make its own, remove it with \`docker ${kind} rm ${facts.name}\``,
    ],
    kind: 'refused',
  })
}

export function externalMissing(facts: {
  readonly kind: 'volume' | 'network'
  readonly name: string
  readonly users: readonly string[]
}): Failure {
  const { kind, name, users } = facts
  const whose = users.length === 0 ? '' : ` of ${users.join(', ')}`
  return failure({
    code: kind === 'volume' ? 'COMPOSE_VOLUME_MISSING' : 'COMPOSE_NETWORK_MISSING',
    message: `The external ${kind} ${name}${whose} does not exist; nothing was started`,
    hints: [`To create it, run \`docker ${kind} create ${name}\``],
  })
}

export function subnetTaken(facts: {
  readonly network: string
  readonly subnet: string
  readonly holder: string
  readonly cause: unknown
}): Failure {
  return failure({
    code: 'COMPOSE_SUBNET_TAKEN',
    message: `The network ${facts.network} cannot have the subnet ${facts.subnet}: ${facts.holder} uses it`,
    hints: [`To free it, run \`docker network rm ${facts.holder}\``],
    kind: 'tool',
    cause: facts.cause,
  })
}

export function poolsExhausted(network: string, cause: unknown): Failure {
  return failure({
    code: 'COMPOSE_POOLS_EXHAUSTED',
    message: `Docker has no address range left for network ${network}; its default pools give about 30 networks in all`,
    hints: [
      'To see what uses them, run `docker network ls`',
      "To give Docker more, set `default-address-pools` in the engine's daemon.json",
      'To free those that nothing uses, run `docker network prune`',
    ],
    kind: 'tool',
    cause,
  })
}

export function networkInUse(facts: {
  readonly name: string
  readonly containers: readonly string[]
  readonly cause: unknown
}): Failure {
  const [first = 'CONTAINER'] = facts.containers
  return failure({
    code: 'COMPOSE_NETWORK_IN_USE',
    message: `The network ${facts.name} is still used by ${facts.containers.join(', ')}`,
    hints: [`To disconnect it, run \`docker network disconnect -f ${facts.name} ${first}\``],
    kind: 'tool',
    cause: facts.cause,
  })
}

export function volumesInUse(
  volumes: readonly { readonly name: string; readonly users: readonly string[] }[],
  cause: unknown,
): Failure {
  const names = volumes.map(({ name }) => name)
  const held = volumes.map(({ name, users }) => `${name} (${users.join(', ') || 'no container'})`)
  return failure({
    code: 'COMPOSE_VOLUME_IN_USE',
    message: `Not removed, since other containers use ${names.length === 1 ? 'it' : 'them'}: ${held.join(', ')}`,
    hints: [
      `To see which ones, run \`docker ps -a --filter volume=${names[0] ?? ''}\``,
      `To remove ${names.length === 1 ? 'it' : 'them'} once they are gone, run \`docker volume rm ${names.join(' ')}\``,
    ],
    kind: 'tool',
    cause,
  })
}

export function portTaken(facts: {
  readonly environment: string
  readonly port: number
  readonly service: string
  readonly target: number
  readonly holder: string
  readonly cause: unknown
}): Failure {
  const { environment, service, target } = facts
  return failure({
    code: 'COMPOSE_PORT_TAKEN',
    message: `Port ${facts.port} of service ${service} is taken by ${facts.holder}`,
    hints: [
      `To give this environment another port, run \`piko create ${environment} --port ${service}:${target}=${freeSuggestion(facts.port)}\``,
    ],
    kind: 'state',
    cause: facts.cause,
  })
}

function freeSuggestion(port: number): number {
  return port >= 65500 ? port - 100 : port + 1
}

/** The same failure of services that run apart: no command about an environment helps there. */
export function apartFailed(services: readonly string[], error: unknown): unknown {
  const details = detailsOf(error)
  if (!details) return error
  const hint =
    details.code === 'COMPOSE_PORT_TAKEN'
      ? 'To free the port, stop what uses it; `docker ps` lists containers with their ports'
      : `To try it without piko, run \`docker compose up ${services.join(' ')}\``
  return failure({ ...details, hints: [hint] })
}
