import { failure, type Failure } from '@piko/sdk'
import { registryOf } from './images.js'

/** What goes wrong between the engine and a registry. */

export interface Failed {
  readonly verb: 'pull' | 'push' | 'up'
  readonly environment: string
  readonly service: string
  readonly image: string
  /** What the engine said. */
  readonly lines: readonly string[]
  readonly cause: unknown
}

export function registryDown(failed: Failed): Failure {
  const withImages =
    failed.verb === 'push' ? [] : [`To continue with the local images, run \`piko up ${failed.environment}\``]
  return failure({
    code: 'COMPOSE_REGISTRY_DOWN',
    message: `The registry ${registryOf(failed.image)} of ${failed.image} (service ${failed.service}) does not answer`,
    details: failed.lines,
    hints: [...withImages, again(failed)],
    kind: 'tool',
    cause: failed.cause,
  })
}

export function credentialsRefused(failed: Failed): Failure {
  const registry = registryOf(failed.image)
  const what = failed.lines.some(line => line.includes('no basic auth'))
    ? `asks for a login, and none is stored`
    : 'refuses the stored login'
  return failure({
    code: 'COMPOSE_REGISTRY_REFUSED',
    message: `The registry ${registry} ${what}: ${failed.image} of service ${failed.service}`,
    details: failed.lines,
    hints: [again(failed), `To log in, run \`docker login ${registry}\``],
    kind: 'tool',
    cause: failed.cause,
  })
}

/** Some registries answer the same for an image that is not there and for one that is not to be seen. */
export function accessDenied(failed: Failed): Failure {
  const registry = registryOf(failed.image)
  return failure({
    code: 'COMPOSE_IMAGE_DENIED',
    message: `The registry ${registry} does not know ${failed.image} of service ${failed.service}, or hides it until you log in`,
    details: failed.lines,
    hints: [
      `To correct the name, change \`image:\` of ${failed.service} in the Compose file and run \`piko sync ${failed.environment}\``,
      `To log in, run \`docker login ${registry}\``,
    ],
    kind: 'tool',
    cause: failed.cause,
  })
}

export function imageUnknown(failed: Failed): Failure {
  return failure({
    code: 'COMPOSE_IMAGE_UNKNOWN',
    message: `The registry ${registryOf(failed.image)} has no ${failed.image}, which service ${failed.service} names`,
    details: failed.lines,
    hints: [
      `To correct the name, change \`image:\` of ${failed.service} in the Compose file and run \`piko sync ${failed.environment}\``,
      again(failed),
    ],
    kind: 'state',
    cause: failed.cause,
  })
}

export function nothingTo(verb: 'pull' | 'push' | 'build', environment: string, services: readonly string[]) {
  const who =
    services.length === 0 ? 'No service' : services.length === 1 ? 'Service' : 'None of the services'
  const lacking = { pull: 'an image to pull', push: '`build:` and `image:`', build: '`build:`' }[verb]
  const [named, whose] = [services.join(', '), services.length === 1 ? `lacks ${lacking}` : `has ${lacking}`]
  return failure({
    code: 'COMPOSE_NOTHING_TO_DO',
    message: `${[who, named].filter(Boolean).join(' ')} of ${environment} ${whose}`,
    hints: [`To see the resolved services, run \`piko compose ${environment} -- config\``],
  })
}

/** What each of the services lacks to be pushed. */
export function notPushable(
  environment: string,
  lacking: readonly { readonly service: string; readonly keys: readonly string[] }[],
): Failure {
  const whats = lacking.map(({ service, keys }) => {
    return `service ${service} has no ${keys.map(key => `\`${key}:\``).join(' and no ')}`
  })
  const [first] = lacking
  const add =
    first?.keys.length === 1 && lacking.length === 1
      ? `To push it, add \`${first.keys[0] ?? ''}:\` to ${first.service} in the Compose file and run \`piko up ${environment}\``
      : `To see the resolved services, run \`piko compose ${environment} -- config\``
  return failure({
    code: 'COMPOSE_NOTHING_TO_DO',
    message: `Cannot push from ${environment}: ${whats.join('; ')}`,
    hints: [add],
  })
}

export function notBuilt(environment: string, { service, tag }: { service: string; tag: string }): Failure {
  return failure({
    code: 'COMPOSE_IMAGE_MISSING',
    message: `The image ${tag} of service ${service} is not built yet`,
    hints: [`To build it, run \`piko build ${environment} ${service}\``],
  })
}

function again({ verb, environment, service }: Failed): string {
  const words = verb === 'up' ? `up ${environment} --pull` : `${verb} ${environment} ${service}`
  return `To try again, run \`piko ${words}\``
}
