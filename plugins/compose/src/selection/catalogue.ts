import * as z from 'zod'
import { fetchConfig } from '../checkout/fetch.js'
import { type Looking } from '../docker.js'
import type { Invocation } from '../contract.js'
import { engineErrors } from '../errors/engine.js'

/** What a selection needs to know about the services in the Compose files, with every profile active. */
export type Catalogue = Readonly<Record<string, CatalogueEntry>>

const optionalText = z.string().nullish()
const entry = z.object({
  profiles: z.array(z.string()).nullish(),
  depends_on: z.record(z.string(), z.object({ required: z.boolean().nullish() })).nullish(),
  links: z.array(z.string()).nullish(),
  volumes_from: z.array(z.string()).nullish(),
  network_mode: optionalText,
  pid: optionalText,
  ipc: optionalText,
  build: z.object({ additional_contexts: z.record(z.string(), z.string()).nullish() }).nullish(),
})
const answer = z.object({ services: z.record(z.string(), entry).default({}) })

type CatalogueEntry = z.output<typeof entry>

/** Throws the error of `docker compose config` if Compose cannot read the files. */
export async function fetchCatalogue(context: Looking, invocation: Invocation): Promise<Catalogue> {
  const whole = { profiles: ['*'] }
  const { stdout } = await fetchConfig(context, invocation, whole).catch(async (cause: unknown) => {
    // An unselected service may lack its env file or a required variable. Without interpolation neither matters.
    const draft = fetchConfig(context, invocation, { ...whole, words: ['--no-interpolate'] })
    return draft.catch(() => Promise.reject(cause))
  })
  return parseCatalogue(stdout)
}

export function parseCatalogue(json: string): Catalogue {
  try {
    return answer.parse(JSON.parse(json)).services
  } catch (cause) {
    throw engineErrors.COMPOSE_ANSWER_UNREADABLE({ command: 'docker compose config --format json', cause })
  }
}

/** Dependencies of a service. Compose itself lists links, `volumes_from` and shared namespaces under `depends_on`. */
export function dependenciesOf(catalogue: Catalogue, service: string): readonly Dependency[] {
  const { depends_on: dependsOn, build } = catalogue[service] ?? {}
  const bases = Object.values(build?.additional_contexts ?? {}).flatMap(serviceIn)
  return [
    ...Object.entries(dependsOn ?? {}).map(([on, { required }]) => ({ on, isRequired: required ?? true })),
    ...bases.map(on => ({ on, isRequired: true })),
  ]
}

/** Services without which this one cannot be created, each with the line of the file that says so. */
export function needsOf(catalogue: Catalogue, service: string): ReadonlyMap<string, string> {
  const { network_mode, pid, ipc, volumes_from: volumesFrom, build } = catalogue[service] ?? {}
  const shared = Object.entries({ network_mode, pid, ipc }).flatMap(([key, value]) =>
    serviceIn(value ?? '').map(on => [on, `${key}: service:${on}`] as const),
  )
  const volumes = (volumesFrom ?? []).flatMap(from => {
    const [on = ''] = from.split(':')
    return on === 'container' ? [] : [[on, `volumes_from: ${on}`] as const]
  })
  const bases = Object.entries(build?.additional_contexts ?? {}).flatMap(([key, value]) =>
    serviceIn(value).map(on => [on, `additional_contexts: ${key}: service:${on}`] as const),
  )
  return new Map([...shared, ...volumes, ...bases])
}

export interface Dependency {
  readonly on: string
  readonly isRequired: boolean
}

function serviceIn(reference: string): readonly string[] {
  return reference.startsWith('service:') ? [reference.slice('service:'.length)] : []
}
