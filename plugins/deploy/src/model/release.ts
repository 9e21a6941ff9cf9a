import { createHash } from 'node:crypto'
import type { Json } from '@piko/sdk'
import type { Place } from '../contract.js'
import { imageOf } from '../registry/reference.js'
import type { Stage } from '../store/stages.js'
import type { Definition, Files } from './files.js'
import { labelsOf, type Owner } from './labels.js'
import type { StageService } from './services.js'
import { mountsOf, namedVolumes, takesTurns } from './volumes.js'

/** A service as one release runs it. */
export interface Planned {
  readonly service: string
  /** Its key in the Compose project: the old and the new release are different services. */
  readonly key: string
  readonly container: string
  /** The pinned image. */
  readonly image: string
  /** Changes whenever what is run does. */
  readonly digest: string
  readonly isReleased: boolean
  /** It has volumes, so the old one stops before the new one starts. */
  readonly takesTurns: boolean
  readonly definition: Definition
}

export interface Releasing {
  readonly stage: Stage
  readonly place: Place
  readonly owner: Owner
  readonly number: number
  /** By service, pinned. */
  readonly images: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  /** Changes when a secret does, but says nothing about its value. */
  readonly secretsMark: string
}

export function planRelease(services: readonly StageService[], releasing: Releasing): readonly Planned[] {
  const tasks = tasksIn(services)
  return services.map(service => planService(service, { ...releasing, tasks }))
}

/** Services that others wait for until they complete. */
function tasksIn(services: readonly StageService[]): ReadonlySet<string> {
  const needs = services.flatMap(({ definition }) =>
    Object.entries((definition['depends_on'] ?? {}) as Definition),
  )
  const completes = 'service_completed_successfully'
  return new Set(
    needs.flatMap(([name, need]) => ((need as Definition)['condition'] === completes ? [name] : [])),
  )
}

function planService(
  { name, definition, isReleased }: StageService,
  releasing: Releasing & { readonly tasks: ReadonlySet<string> },
): Planned {
  const { stage, place, number, images } = releasing
  const image = images[name] ?? ''
  const mounts = mountsOf(definition, {
    isReleased,
    root: releasing.owner.root,
    more: name === stage.service ? stage.volumes : [],
  })
  const own = { ...without(definition), image: imageOf(image), volumes: mounts as Json }
  const mark = isReleased ? [stage.environment, releasing.secretsMark] : []
  const digest = createHash('sha256')
    .update(JSON.stringify([own, mark]))
    .digest('hex')
    .slice(0, 16)
  const key = `${name}-${number}`
  const container = `${place.project}-${key}`
  const environment = environmentOf(
    definition,
    isReleased ? { ...stage.environment, ...releasing.secrets } : {},
  )
  return {
    service: name,
    key,
    container,
    image,
    digest,
    isReleased,
    takesTurns: takesTurns(mounts),
    definition: {
      restart: releasing.tasks.has(name) ? 'no' : 'unless-stopped',
      ...own,
      container_name: container,
      environment,
      labels: { ...(definition['labels'] as Definition | undefined), ...labelsOf(releasing.owner) },
      networks: { stage: { aliases: aliasesOf(name, definition) } },
      depends_on: definition['depends_on'] ?? {},
    },
  }
}

/** The Compose project that starts these services; each waits for those of the others that it depends on. */
export function composeModel(
  planned: readonly Planned[],
  {
    place,
    files,
    owner,
  }: {
    readonly place: Place
    readonly files: Files
    readonly owner: Owner
  },
): Definition {
  const keys = new Map(planned.map(({ service, key }) => [service, key]))
  const services = planned.map(({ key, definition }) => {
    const needs = Object.entries((definition['depends_on'] ?? {}) as Definition).flatMap(
      ([service, need]) => {
        const other = keys.get(service)
        return other === undefined ? [] : [[other, need] as const]
      },
    )
    return [key, { ...definition, depends_on: Object.fromEntries(needs) }] as const
  })
  return {
    services: Object.fromEntries(services),
    networks: { stage: { name: place.network, external: true } },
    volumes: namedVolumes(
      planned.map(({ definition }) => definition),
      { files, place, owner },
    ),
    secrets: files.secrets,
    configs: files.configs,
  }
}

/** What belongs to a checkout or to one container, not to a release. */
const dropped: ReadonlySet<string> = new Set([
  'ports', 'container_name', 'build', 'profiles', 'networks', 'network_mode', 'scale', 'deploy', 'links', 'external_links', 'volumes', 'labels', 'environment', 'pull_policy', 'develop', 'depends_on',
]) // prettier-ignore

function without(definition: Definition): Definition {
  return Object.fromEntries(Object.entries(definition).filter(([key]) => !dropped.has(key)))
}

/** A variable of the file keeps its value, in which Compose has doubled each `$`; the others are doubled here. */
function environmentOf(definition: Definition, more: Readonly<Record<string, string>>): Definition {
  const given = Object.entries(more).map(([name, value]) => [name, value.replaceAll('$', '$$$$')])
  return {
    ...(definition['environment'] as Definition | undefined),
    ...(Object.fromEntries(given) as Definition),
  }
}

function aliasesOf(service: string, { networks }: Definition): readonly string[] {
  const given = Object.values(
    (networks ?? {}) as Readonly<Record<string, { readonly aliases?: readonly string[] } | null>>,
  )
  return [...new Set([service, ...given.flatMap(network => network?.aliases ?? [])])]
}
