import type { Writable } from 'node:stream'

/** A program that a plugin runs. Checked before the first step, and by `piko doctor`. */
export interface ToolRequirement {
  /** As people call it: "Docker Compose". */
  readonly name: string
  /** A command that prints the version, such as `["docker", "compose", "version", "--short"]`. */
  readonly command: readonly [string, ...string[]]
  /** A semver range that the printed version must satisfy, such as `>=2.24.4`. */
  readonly version: string
  /** How to get it, as a hint: "To install Docker Compose, see https://…". */
  readonly install: string
  /**
   * Absolute paths where the program may be installed. While the same ones exist, with the same sizes and times of change,
   * the version that was printed is remembered instead of asked for again. Default: it is asked for each time.
   */
  installedAt?(): readonly string[]
}

export interface ExecOptions {
  /** Default: the environment's worktree, else the project's root. */
  readonly cwd?: string
  /** Added to the environment's variables; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly input?: string
  /** Bytes for its stdin. Where they end in an error, the program is ended and the error is thrown. */
  readonly from?: AsyncIterable<Uint8Array>
  /** Gets its stdout byte for byte, instead of the result and `onLine`: closed when that ends, destroyed when it fails. */
  readonly to?: Writable
  /** Called for each line of both outputs, as it comes. */
  onLine?(line: string): void
  /** Ends it before the step's own signal does; the reason is what is thrown then. */
  readonly signal?: AbortSignal
  /** Hands the user's terminal over: nothing is captured, Ctrl-C goes to the program. For shells and `attach`. */
  readonly terminal?: boolean
  /** Resolves whatever the exit code is, instead of rejecting with `TOOL_FAILED`. */
  readonly allowFailure?: boolean
}

export type DialOptions = Pick<ExecOptions, 'cwd' | 'env'>

export interface ExecResult {
  readonly stdout: string
  readonly stderr: string
  /** 128 + the signal's number where a signal ended it. */
  readonly exitCode: number
}

export interface ProcessOptions {
  /** Default: as for `exec`. */
  readonly cwd?: string
  /** Added to the environment's variables; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The file that both outputs are appended to. */
  readonly log: string
}
