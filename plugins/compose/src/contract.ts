import type { Access, Fact, Json, RunName, RunRef, Slot, Warning } from '@piko/sdk'
import type { Model, Selection } from './contract/model.js'

/** The interface for other plugins: facts that compose publishes about an environment, and slots they can fill. */
export type * from './contract/model.js'
export { namesOn } from './contract/names-on.js'
export { type PortVariable, variableNames } from './contract/variables.js'

/** A fragment of a Compose override file. `reset` and `replace` produce `!reset` and `!override` values. */
export type Override = { readonly [key: string]: Json }

/** Merged over piko's override in plugin order. Collected at resolve (without ports) and at prepare. */
export const overrideSlot: Slot<Override, Model> = { id: 'compose.override' }

/** Services that the environment uses but a run of the project provides. Commands about them act on that run. */
export const elsewhereSlot: Slot<Readonly<Record<string, RunName>>> = { id: 'compose.elsewhere' }

/** Additional warnings about a branch's project. Collected after it is read. */
export const warningsSlot: Slot<readonly Warning[], Reading> = { id: 'compose.warnings' }

/** A resolved project, for plugins that inspect the definitions of its services. */
export type Reading = {
  readonly model: Model
  /** JSON of each resolved service, without its networks and ports. */
  readonly texts: Readonly<Record<string, string>>
}

/** The services requested from `create` and `up`. Kept for later commands. */
export const choiceFact: Fact<Choice> = { id: 'compose.choice' }
/** The resulting services; null if all are selected. Published before `compose:resolve`. */
export const selectionFact: Fact<Selection | null> = { id: 'compose.selection' }
/** The resolved model with this environment's names and ports. */
export const modelFact: Fact<Model> = { id: 'compose.model' }
/** The services with containers in this environment: without those of inactive profiles and those removed. */
export const servicesFact: Fact<readonly string[]> = { id: 'compose.services' }
/** What the services reach outside the worktree, in the order of `piko explain`. */
export const accessFact: Fact<readonly Access[]> = { id: 'compose.access' }
/** The name of the Compose project, as in `docker compose -p`. */
export const projectFact: Fact<string> = { id: 'compose.project' }
/** The engine on which the environment was created. Later commands use it too. */
export const engineFact: Fact<Engine> = { id: 'compose.engine' }
/** What the override changes and why, as printed by `piko explain`. */
export const changesFact: Fact<readonly Change[]> = { id: 'compose.changes' }
/** Replicas requested with `piko scale`, by service. */
export const requestedReplicasFact: Fact<Readonly<Record<string, number>>> = { id: 'compose.wishes' }
/** What the requested replicas change, in addition to the override. */
export const scaledFact: Fact<readonly Change[]> = { id: 'compose.scaled' }
/** A short text by service that changes whenever the service does. */
export type Digests = Readonly<Record<string, string>>

/** Digests of the services in the files, of their overrides, and of both at the last start. */
export const resolvedFact: Fact<Digests> = { id: 'compose.resolved' }
export const overriddenFact: Fact<Digests> = { id: 'compose.overridden' }
export const startedFact: Fact<Digests> = { id: 'compose.started' }
/** Whether the last `up` waited for services to be ready; false with `--no-wait`. */
export const waitsFact: Fact<boolean> = { id: 'compose.waits' }
/** The containers of the last `up`. */
export const containersFact: Fact<readonly RunningContainer[]> = { id: 'compose.containers' }

/**
 * Runs some services of the main checkout once, outside of all environments, in a Compose project `piko-PROJECT-KEY`
 * with its own ports, network and volumes. The last part of the name is the run's key. Publishes the same facts as an
 * environment does. Running it again with other services starts and stops only what changed. Only `takeBack` removes
 * the data.
 */
export const apartRun: RunRef<Apart> = { id: 'compose.apart', subject: 'project' }

export type Apart = {
  /** The same as the run's key. */
  readonly name: string
  /** Services in the Compose files. Any other service that runs apart under this name is stopped. */
  readonly services: readonly string[]
  /** `known`: claims names and ports, starts and stops nothing, and needs no engine. */
  readonly wanted: 'known' | 'running' | 'stopped'
  /** Merged over piko's override of these services. */
  readonly override?: Override
}
/** `environment:` of the services that run apart, by service. */
export const settingsFact: Fact<Readonly<Record<string, Readonly<Record<string, string>>>>> = {
  id: 'compose.settings',
}

/** What starts each service that runs apart, as the Compose files have it; undefined is up to the image. */
export const programsFact: Fact<Readonly<Record<string, Program>>> = { id: 'compose.programs' }

export type Program = {
  readonly command?: readonly string[]
  readonly entrypoint?: readonly string[]
  /** Its file system is read-only. */
  readonly isReadOnly: boolean
}

/** The selection as the user requested it. */
export type Choice = {
  /** Replaces `compose: { services: … }`. */
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  /** Replaces the profiles of `.piko.yml` and `.env`. */
  readonly profiles?: readonly string[]
  /** Added later with `piko up NAME SERVICE`. */
  readonly added?: readonly string[]
}

/** A Docker context by name, or a host as in `DOCKER_HOST`. */
export type Engine = { readonly context: string } | { readonly host: string }

export type Change = {
  /** Absent for a change to a network or volume. */
  readonly service?: string
  /** "port 5432/tcp", "container name", "network front". */
  readonly what: string
  readonly from: string
  readonly to: string
  /** A clause that can follow "because". */
  readonly because: string
}

export type RunningContainer = { readonly service: string; readonly name: string; readonly id: string }

/** Removes the value that the Compose files have here. */
export function reset(): Json {
  return { $tag: '!reset', $value: null }
}

/** Replaces the value that the Compose files have here, instead of merging with it. */
export function replace(value: Json): Json {
  return { $tag: '!override', $value: value }
}
