import type { Changing } from '@piko/plugin-compose/contract/engine'
import type { Login } from './login.js'

/** How piko manages an environment's database in a shared server. */
export interface Server {
  /**
   * Creates the database, or keeps the one that this environment created before. Throws if it belongs to someone else.
   */
  make(at: At, wanted: Wanted & { readonly template: string | undefined }): Promise<void>
  /** Drops it with its data and its login. Succeeds if it does not exist. */
  drop(at: At, wanted: Wanted): Promise<void>
  /** Keeps each login to its own database, and all of them from the rights of the server's own users. */
  guard(at: At, guarding: Guarding): Promise<void>
  /** The file extension of its backups. */
  readonly dumpSuffix: string
  /** The command, for the container, that writes a backup to a file in it, and its input. */
  dumpTo(at: At, backup: { readonly name: string; readonly file: string }): Program
}

export interface Program {
  readonly words: readonly string[]
  /** Where passwords are: arguments are visible to every process of the machine. */
  readonly input?: string
}

interface Wanted {
  readonly name: string
  /** Undefined if the environment logs in as one of the server's own users. */
  readonly login: Login | undefined
}

export interface Guarding {
  readonly databases: readonly Wanted[]
  /** Some environment still logs in as one of the server's own users. */
  readonly isOpen: boolean
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
  /** piko's own login, if environments have theirs. */
  readonly admin: Login | undefined
}
