import type { Fact } from '@piko/sdk'

/** The door for other plugins: what this one publishes about an environment. */

/** Volumes of the main stack that the environment mounts, by their key in the Compose files. */
export const sharedFact: Fact<Readonly<Record<string, SharedVolume>>> = { id: 'volumes.shared' }

export type SharedVolume = {
  /** The volume's name on the engine. */
  readonly name: string
  /** The Compose project that it is of: that of plain `docker compose` in the main checkout. */
  readonly project: string
  readonly readOnly: boolean
}
