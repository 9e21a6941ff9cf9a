import type { Changing } from '@piko/plugin-compose/contract/engine'

/** How piko makes a place for an environment inside a server that several share. */
export interface Server {
  /** Makes the database, or finds the one that this environment made before. Throws for one that is somebody else's. */
  make(at: At, wanted: { readonly name: string; readonly template: string | undefined }): Promise<void>
  /** Drops it with all it holds; nothing there is fine. */
  drop(at: At, name: string): Promise<void>
  /** The ending of its backup's name. */
  readonly dumpSuffix: string
  /** Run in the container, it writes a backup there. */
  dumpTo(at: At, backup: { readonly name: string; readonly file: string }): readonly string[]
}

/** One server that runs. */
export interface At {
  readonly context: Changing
  readonly service: string
  /** The container's id. */
  readonly container: string
  /** What the service has in `environment:`. */
  readonly settings: Readonly<Record<string, string>>
  /** Whose database it is, to be noted with it. */
  readonly mark: string
}
