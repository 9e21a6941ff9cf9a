import type { Engine, Invocation } from '@piko/plugin-compose/contract'
import type { Fact, RunRef } from '@piko/sdk'

/** The contract for other plugins: where a stage runs, and the runs that change it. The key of each is the stage's name. */

/** Reserves what a stage has on the machine and the engine; taking it back removes the stage's containers and data. */
export const stageRun: RunRef<StageInput> = { id: 'deploy.stage', subject: 'stage' }
/** Brings a release up and routes to it, or leaves the one before. */
export const deployRun: RunRef<DeployInput> = { id: 'deploy.deploy', subject: 'stage' }
/** Stops what no longer serves, once its requests have finished. */
export const retireRun: RunRef<RetireInput> = { id: 'deploy.retire', subject: 'stage' }

/** Published by `stageRun`. */
export const placeFact: Fact<Place> = { id: 'deploy.place' }

export type StageInput = {
  readonly engine: Engine
  /** The host name that the user wants. Null: piko chooses one. */
  readonly host: string | null
  readonly hasRoute: boolean
}

export type Place = {
  readonly engine: Engine
  /** The name of its Compose project. */
  readonly project: string
  readonly network: string
  readonly host: string | null
}

export type DeployInput = {
  readonly deploy: string
  readonly stage: StageInput
  /** How to read the Compose files. Null if the project has none: the stage runs its image alone. */
  readonly invocation: Omit<Invocation, 'project'> | null
}

export type RetireInput = { readonly stage: string }
