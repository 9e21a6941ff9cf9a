import type { Fact, Json, RunName, RunRef, Slot, Warning } from '@piko/sdk'
import type { Model, Selection } from './contract/model.js'

/** The door for other plugins: what compose publishes about an environment, and where they may add to it. */
export type * from './contract/model.js'
export { namesOn } from './contract/names-on.js'
export { type PortVariable, variableNames } from './contract/variables.js'

/** A fragment of a Compose override file. Values made by `reset` and `replace` become `!reset` and `!override`. */
export type Override = { readonly [key: string]: Json }

/** Merged over piko's own override, in the order of the plugins. Asked at resolve (no ports yet) and at prepare. */
export const overrideSlot: Slot<Override, Model> = { id: 'compose.override' }

/** Services that the environment uses and that a run of the project has in its stead: commands about them act there. */
export const elsewhereSlot: Slot<Readonly<Record<string, RunName>>> = { id: 'compose.elsewhere' }

/** More warnings about a branch's project. Asked when it has been read. */
export const warningsSlot: Slot<readonly Warning[], Reading> = { id: 'compose.warnings' }

/** A project as Compose resolves it, for who looks into what its services say. */
export type Reading = {
  readonly model: Model
  /** By service: JSON of all that the resolved files say of it, but for its networks and ports. */
  readonly texts: Readonly<Record<string, string>>
}

/** Which services `create` and `up` were asked for; kept for all later commands. */
export const choiceFact: Fact<Choice> = { id: 'compose.choice' }
/** The services that this comes to; null where no selection limits them. Known before `compose:resolve`. */
export const selectionFact: Fact<Selection | null> = { id: 'compose.selection' }
/** The resolved model with the names and ports that this environment has. */
export const modelFact: Fact<Model> = { id: 'compose.model' }
/** The services that have containers in this environment: without those of profiles that are off, and of those taken out. */
export const servicesFact: Fact<readonly string[]> = { id: 'compose.services' }
/** The name of the Compose project, as in `docker compose -p`. */
export const projectFact: Fact<string> = { id: 'compose.project' }
/** The engine that the environment was made on; every later command goes to it. */
export const engineFact: Fact<Engine> = { id: 'compose.engine' }
/** What the override changes and why; what `piko explain` prints. */
export const changesFact: Fact<readonly Change[]> = { id: 'compose.changes' }
/** How many replicas `piko scale` has asked for, by service. */
export const wishesFact: Fact<Readonly<Record<string, number>>> = { id: 'compose.wishes' }
/** What those wishes change beside the override. */
export const scaledFact: Fact<readonly Change[]> = { id: 'compose.scaled' }
/** By service, a short text that is another when the service is. */
export type Digests = Readonly<Record<string, string>>

/** Digests of the services as the files have them, of what the override makes of them, and of both when they were started. */
export const resolvedFact: Fact<Digests> = { id: 'compose.resolved' }
export const overriddenFact: Fact<Digests> = { id: 'compose.overridden' }
export const startedFact: Fact<Digests> = { id: 'compose.started' }
/** Whether the last `up` waited for services to be ready; false with `--no-wait`. */
export const waitsFact: Fact<boolean> = { id: 'compose.waits' }
/** The containers of the last `up`. */
export const containersFact: Fact<readonly RunningContainer[]> = { id: 'compose.containers' }

/**
 * Runs some services of the main checkout beside all environments, in a Compose project `piko-PROJECT-KEY` of their own:
 * once, on ports, a network and volumes of that project. The run's key is that last word. It publishes the same facts as
 * an environment has; run again with other services, it starts and stops what is needed. Data goes with `takeBack` alone.
 */
export const apartRun: RunRef<Apart> = { id: 'compose.apart', subject: 'project' }

export type Apart = {
  /** The run's key once more. */
  readonly name: string
  /** Of the Compose files. What runs apart under this name and is not among them is stopped. */
  readonly services: readonly string[]
  /** `known`: names and ports are settled, nothing is started or stopped, and no engine is needed. */
  readonly wanted: 'known' | 'running' | 'stopped'
}
/** What the services that run apart have in `environment:`, by service. */
export const settingsFact: Fact<Readonly<Record<string, Readonly<Record<string, string>>>>> = {
  id: 'compose.settings',
}

/** As the user said it. */
export type Choice = {
  /** In place of `compose: { services: … }`. */
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  /** In place of the profiles of `.piko.yml` and `.env`. */
  readonly profiles?: readonly string[]
  /** Named by `piko up NAME SERVICE` since. */
  readonly added?: readonly string[]
}

/** A Docker context by name, or a host as in `DOCKER_HOST`. */
export type Engine = { readonly context: string } | { readonly host: string }

export type Change = {
  /** Absent where the change is about a network or a volume. */
  readonly service?: string
  /** "port 5432/tcp", "container name", "network front". */
  readonly what: string
  readonly from: string
  readonly to: string
  /** A clause that can follow "because". */
  readonly because: string
}

export type RunningContainer = { readonly service: string; readonly name: string; readonly id: string }

/** Takes away what the Compose files say here. */
export function reset(): Json {
  return { $tag: '!reset', $value: null }
}

/** Stands in place of what the Compose files say here, instead of being merged with it. */
export function replace(value: Json): Json {
  return { $tag: '!override', $value: value }
}
