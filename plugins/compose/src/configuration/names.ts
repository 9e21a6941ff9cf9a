import type { Context, KnownNames, NameReference } from '@piko/sdk'
import type { ComposeConfig } from '../config.js'
import { modelFact, selectionFact } from '../contract.js'
import { readMain } from '../checkout/read-main.js'

/** Names for `.piko.yml`: from the environment's branch if its model has all services, else from the main checkout. */
export async function names(context: Context<ComposeConfig>): Promise<readonly KnownNames[]> {
  const isWhole = context.subject.kind === 'environment' && !context.fact(selectionFact)
  const known = isWhole ? context.fact(modelFact) : undefined
  const { services, volumes } = known ?? (await readMain(context))
  const profiles = new Set(Object.values(services).flatMap(service => service.profiles))
  return [
    { kind: 'compose.service', noun: 'service of the Compose files', names: Object.keys(services) },
    { kind: 'compose.volume', noun: 'volume of the Compose files', names: Object.keys(volumes) },
    { kind: 'compose.profile', noun: 'profile of the Compose files', names: [...profiles].sort() },
  ]
}

export function refersTo({ profiles = [], services = [] }: ComposeConfig): readonly NameReference[] {
  return [
    ...services.map(name => ({ kind: 'compose.service' as const, name, path: ['services', name] })),
    ...profiles
      .filter(profile => profile !== '*')
      .map(profile => ({ kind: 'compose.profile' as const, name: profile, path: ['profiles', profile] })),
  ]
}
