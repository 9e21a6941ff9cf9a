import type { Changing } from '@piko/plugin-compose/contract/engine'

/** How piko manages an environment's database in a shared server. */
export interface Server {
  /**
   * Creates the database, or keeps the one that this environment created before. Throws if it belongs to someone else.
   */
  make(at: At, wanted: { readonly name: string; readonly template: string | undefined }): Promise<void>
  /** Drops it with its data. Succeeds if it does not exist. */
  drop(at: At, name: string): Promise<void>
  /** The file extension of its backups. */
  readonly dumpSuffix: string
  /** The command, for the container, that writes a backup to a file in it. */
  dumpTo(at: At, backup: { readonly name: string; readonly file: string }): readonly string[]
}

/** A running server. */
export interface At {
  readonly context: Changing
  readonly service: string
  /** The container's id. */
  readonly container: string
  /** The service's `environment:`. */
  readonly settings: Readonly<Record<string, string>>
  /** The owner, recorded with the database. */
  readonly mark: string
}
