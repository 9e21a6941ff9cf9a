import type { Fact } from '@piko/sdk'

/** The contract for other plugins: the facts that this one publishes about an environment. */

/** Volumes of the main stack that the environment mounts, by their key in the Compose files. */
export const sharedFact: Fact<Readonly<Record<string, SharedVolume>>> = { id: 'volumes.shared' }

export type SharedVolume = {
  /** The volume's name on the engine. */
  readonly name: string
  /** Its Compose project: that of plain `docker compose` in the main checkout. */
  readonly project: string
  readonly readOnly: boolean
}
