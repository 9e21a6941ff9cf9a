/** What kind of failure it is. Each kind has an exit code of its own; `state` is the default. */
export type FailureKind =
  | 'usage'
  | 'state'
  | 'tool'
  | 'refused'
  | 'plugin'
  | 'bug'
  /** Host only: it failed, and something could not be undone. */
  | 'incomplete'
  /** Host only: Ctrl-C. */
  | 'interrupted'

/** An error as data. Every package keeps its own in one `errors.ts`: functions from facts to details. */
export interface ErrorDetails {
  /** Stable and upper-case, prefixed by its owner: `CADDY_ADMIN_UNREACHABLE`. */
  readonly code: `${Uppercase<string>}_${Uppercase<string>}`
  /** What happened, with the names and paths the user knows; no full stop. */
  readonly message: string
  /** Ways on, each standing alone and ending in its command, the likeliest last. */
  readonly hints?: readonly string[]
  readonly kind?: FailureKind
  /** Last lines of a tool, a list of problems: shown indented below the message. */
  readonly details?: readonly string[]
  /** What failed has said. The host keeps it in a file and names that, also when all else is rolled back. */
  readonly logs?: readonly FailureLog[]
  readonly cause?: unknown
}

/** All that one thing has said: a service, a program. */
export interface FailureLog {
  readonly name: string
  readonly text: string
}

/** Something the user should know that stops nothing. Kept with the environment, shown by `status`. */
export interface Warning {
  readonly code: ErrorDetails['code']
  readonly message: string
  readonly hints?: readonly string[]
  /** The Compose service it is about, where it is about one. */
  readonly service?: string
}

/** An error that carries its details. Told apart by the `details` field, never by `instanceof`. */
export interface Failure extends Error {
  readonly details: ErrorDetails
}

/** Makes the error to throw out of details. */
export function failure(details: ErrorDetails): Failure {
  const error = new Error(details.message, { cause: details.cause })
  return Object.assign(error, { name: details.code, details })
}

/** The details of an error that was made by `failure`, in whichever copy of this package. */
export function detailsOf(error: unknown): ErrorDetails | undefined {
  if (!(error instanceof Error) || !('details' in error)) return undefined
  const { details } = error
  return isErrorDetails(details) ? details : undefined
}

function isErrorDetails(value: unknown): value is ErrorDetails {
  if (typeof value !== 'object' || value === null) return false
  return 'code' in value && typeof value.code === 'string' && 'message' in value
}
