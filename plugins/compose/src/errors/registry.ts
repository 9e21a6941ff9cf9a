import { errorTable } from '@piko/sdk'

/** `hasLogin`: whether a login is stored; `lines`: the engine's message. */
type Failed = {
  verb: 'pull' | 'push' | 'up'
  environment: string
  service: string
  image: string
  registry: string
  hasLogin: boolean
  lines: readonly string[]
  cause: unknown
}
type Verb = 'pull' | 'push' | 'build'
type Unfit = { verb: Verb; environment: string; services: readonly string[] }
/** `lacking`: keys in the Compose file that services need before they can be pushed. */
type NotPushable = { environment: string; lacking: readonly { service: string; keys: readonly string[] }[] }
type Unbuilt = { environment: string; service: string; tag: string }

/** Errors between the engine and a registry. */
export const registryErrors = errorTable({
  COMPOSE_REGISTRY_DOWN: (failed: Failed) => ({
    message: `The registry ${failed.registry} of ${failed.image} (service ${failed.service}) does not answer`,
    details: failed.lines,
    hints: [
      ...(failed.verb === 'push'
        ? []
        : [`To continue with the local images, run \`piko up ${failed.environment}\``]),
      again(failed),
    ],
    kind: 'tool',
    cause: failed.cause,
  }),
  COMPOSE_REGISTRY_REFUSED: (failed: Failed) => ({
    message: `The registry ${failed.registry} ${
      failed.hasLogin ? 'refuses the stored login' : 'asks for a login, and none is stored'
    }: ${failed.image} of service ${failed.service}`,
    details: failed.lines,
    hints: [again(failed), logIn(failed)],
    kind: 'tool',
    cause: failed.cause,
  }),
  /** Some registries respond in the same way for a missing image and a hidden one. */
  COMPOSE_IMAGE_DENIED: (failed: Failed) => ({
    message: `The registry ${failed.registry} does not know ${failed.image} of service ${failed.service}, or hides it until you log in`,
    details: failed.lines,
    hints: [correct(failed), logIn(failed)],
    kind: 'tool',
    cause: failed.cause,
  }),
  COMPOSE_IMAGE_UNKNOWN: (failed: Failed) => ({
    message: `The registry ${failed.registry} has no ${failed.image}, which service ${failed.service} names`,
    details: failed.lines,
    hints: [correct(failed), again(failed)],
    kind: 'state',
    cause: failed.cause,
  }),
  COMPOSE_NOTHING_TO_DO: (facts: Unfit | NotPushable) =>
    'lacking' in facts ? notPushable(facts) : unfit(facts),
  COMPOSE_IMAGE_MISSING: ({ environment, service, tag }: Unbuilt) => ({
    message: `The image ${tag} of service ${service} is not built yet`,
    hints: [`To build it, run \`piko build ${environment} ${service}\``],
  }),
})

const needs = { pull: 'an image to pull', push: '`build:` and `image:`', build: '`build:`' }

function unfit({ verb, environment, services }: Unfit) {
  const [first, ...others] = services
  const who = first === undefined ? 'No service' : others.length === 0 ? 'Service' : 'None of the services'
  const names = first === undefined ? '' : ` ${services.join(', ')}`
  return {
    message: `${who}${names} of ${environment} ${services.length === 1 ? 'lacks' : 'has'} ${needs[verb]}`,
    hints: [resolved(environment)],
  }
}

function notPushable({ environment, lacking }: NotPushable) {
  const texts = lacking.map(
    ({ service, keys }) => `service ${service} has no ${keys.map(key => `\`${key}:\``).join(' and no ')}`,
  )
  const [first, ...others] = lacking
  const [key, ...keys] = first?.keys ?? []
  const isOne = first !== undefined && others.length === 0 && key !== undefined && keys.length === 0
  return {
    message: `Cannot push from ${environment}: ${texts.join('; ')}`,
    hints: [
      isOne
        ? `To push it, add \`${key}:\` to ${first.service} in the Compose file and run \`piko up ${environment}\``
        : resolved(environment),
    ],
  }
}

function resolved(environment: string): string {
  return `To see the resolved services, run \`piko compose ${environment} -- config\``
}

function again({ verb, environment, service }: Failed): string {
  const words = verb === 'up' ? `up ${environment} --pull` : `${verb} ${environment} ${service}`
  return `To try again, run \`piko ${words}\``
}

function logIn({ registry }: Failed): string {
  return `To log in, run \`docker login ${registry}\``
}

function correct({ service, environment }: Failed): string {
  return `To correct the name, change \`image:\` of ${service} in the Compose file and run \`piko sync ${environment}\``
}
