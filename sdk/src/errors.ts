/** The kind of a failure, which determines the exit code. Default: `state`. */
export type FailureKind =
  | 'usage'
  | 'state'
  | 'tool'
  | 'refused'
  | 'plugin'
  | 'bug'
  /** Host only: it failed, and something could not be undone. */
  | 'incomplete'
  /** Host only: Ctrl-C was pressed. */
  | 'interrupted'

/** An error as data. Every package keeps its own in tables in `errors/`: see `errorTable`. */
export interface ErrorDetails {
  /** Stable and upper-case, prefixed by its owner: `CADDY_ADMIN_UNREACHABLE`. */
  readonly code: `${Uppercase<string>}_${Uppercase<string>}`
  /** What happened, with names and paths the user knows, without a full stop. */
  readonly message: string
  /** Ways forward. Each stands alone and ends in a command; the most likely comes last. */
  readonly hints?: readonly string[]
  readonly kind?: FailureKind
  /** A tool's last lines or a list of problems, indented below the message. */
  readonly details?: readonly string[]
  /** The output of what failed. The host saves it to a file and names that file, even after a rollback. */
  readonly logs?: readonly FailureLog[]
  readonly cause?: unknown
}

/** The complete output of a service or program. */
export interface FailureLog {
  readonly name: string
  readonly text: string
}

/** Something the user should know that doesn't stop the run. Kept with the environment and shown by `status`. */
export interface Warning {
  readonly code: ErrorDetails['code']
  readonly message: string
  readonly hints?: readonly string[]
  /** The Compose service it is about, if any. */
  readonly service?: string
}

/** An error that carries its details. Recognize it by the `details` field, never by `instanceof`. */
export interface Failure extends Error {
  readonly details: ErrorDetails
}

/** Creates the error to throw. */
export function failure(details: ErrorDetails): Failure {
  const error = new Error(details.message, { cause: details.cause })
  return Object.assign(error, { name: details.code, details })
}

/** Returns the details of an error created by `failure`, in any copy of this package. */
export function detailsOf(error: unknown): ErrorDetails | undefined {
  if (!(error instanceof Error) || !('details' in error)) return undefined
  const { details } = error
  return isErrorDetails(details) ? details : undefined
}

function isErrorDetails(value: unknown): value is ErrorDetails {
  if (typeof value !== 'object' || value === null) return false
  return 'code' in value && typeof value.code === 'string' && 'message' in value
}
