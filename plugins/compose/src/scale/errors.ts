import { failure, type Failure } from '@piko/sdk'

export function rowsFull(
  environment: string,
  facts: {
    readonly service: string
    readonly replicas: number
    readonly target: number
    /** Ports that stand in the way, with whose they are. */
    readonly taken: readonly (readonly [number, string])[]
  },
): Failure {
  const { service, replicas, target, taken } = facts
  return failure({
    code: 'COMPOSE_SCALE_PORTS',
    message: `Service ${service} of ${environment} cannot have ${replicas} replicas: container port ${target} needs ${replicas} neighbouring host ports`,
    details: taken.map(([port, holder]) => `${port} belongs to ${holder}`),
    hints: [
      `To have fewer, run \`piko scale ${environment} ${service}=${replicas - 1}\``,
      `To let Docker choose the host ports instead, set \`deploy: { replicas: ${replicas} }\` in the Compose file and run \`piko up ${environment}\``,
    ],
  })
}

export function cannotScale(environment: string, service: string, because: string): Failure {
  return failure({
    code: 'COMPOSE_SCALE_IMPOSSIBLE',
    message: `Service ${service} of ${environment} cannot have more than one replica: ${because}`,
  })
}

export function scaleUnclear(word: string, environment: string): Failure {
  return failure({
    code: 'COMPOSE_SCALE_UNCLEAR',
    message: `${word} is not SERVICE=N with N from 0 to 99`,
    hints: [`To have three replicas of web, run \`piko scale ${environment} web=3\``],
    kind: 'usage',
  })
}
