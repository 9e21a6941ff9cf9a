import { errorTable } from '@piko/sdk'

/** `fewer`: replicas to suggest; `taken`: required ports, with their holders. */
type Ports = {
  environment: string
  service: string
  replicas: number
  fewer: number
  target: number
  taken: readonly (readonly [port: number, holder: string])[]
}
type Impossible = { environment: string; service: string; because: string }

export const scaleErrors = errorTable({
  COMPOSE_SCALE_PORTS: ({ environment, service, replicas, fewer, target, taken }: Ports) => ({
    message: `Service ${service} of ${environment} cannot have ${replicas} replicas: container port ${target} needs ${replicas} neighbouring host ports`,
    details: taken.map(([port, holder]) => `${port} belongs to ${holder}`),
    hints: [
      `To have fewer, run \`piko scale ${environment} ${service}=${fewer}\``,
      `To let Docker choose the host ports instead, set \`deploy: { replicas: ${replicas} }\` in the Compose file and run \`piko up ${environment}\``,
    ],
  }),
  COMPOSE_SCALE_IMPOSSIBLE: ({ environment, service, because }: Impossible) => ({
    message: `Service ${service} of ${environment} cannot have more than one replica: ${because}`,
  }),
  COMPOSE_SCALE_UNCLEAR: ({ word, environment }: { word: string; environment: string }) => ({
    message: `${word} is not SERVICE=N with N from 0 to 99`,
    hints: [`To have three replicas of web, run \`piko scale ${environment} web=3\``],
    kind: 'usage',
  }),
})
