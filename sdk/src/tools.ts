import type { Writable } from 'node:stream'

/** A program that a plugin needs. Checked before the first step and by `piko doctor`. */
export interface ToolRequirement {
  /** Its usual name: "Docker Compose". */
  readonly name: string
  /** A command that prints the version, such as `["docker", "compose", "version", "--short"]`. */
  readonly command: readonly [string, ...string[]]
  /** A semver range that the printed version must satisfy, such as `>=2.24.4`. */
  readonly version: string
  /** A hint on how to install it: "To install Docker Compose, see https://…". */
  readonly install: string
  /**
   * Absolute paths where the program may be installed. As long as the same ones exist, unchanged in size and
   * modification time, the version is cached. Default: it is determined each time.
   */
  installedAt?(): readonly string[]
}

export interface ExecOptions {
  /** Default: the environment's worktree, else the project's root. */
  readonly cwd?: string
  /** Added to the environment's variables. `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly input?: string
  /** Bytes for its stdin. If the stream fails, the program is killed and the error is thrown. */
  readonly from?: AsyncIterable<Uint8Array>
  /** Receives stdout as bytes, instead of the result and `onLine`. Closed when stdout ends, destroyed if it fails. */
  readonly to?: Writable
  /** Called for each line of stdout and stderr as it arrives. */
  onLine?(line: string): void
  /** Kills the program earlier than the step's own signal would. Its reason is thrown. */
  readonly signal?: AbortSignal
  /**
   * Gives the program the user's terminal: nothing is captured, and Ctrl-C goes to the program. For shells and
   * `attach`.
   */
  readonly terminal?: boolean
  /** Resolves whatever the exit code, instead of rejecting with `TOOL_FAILED`. */
  readonly allowFailure?: boolean
}

export type DialOptions = Pick<ExecOptions, 'cwd' | 'env'>

export interface ExecResult {
  readonly stdout: string
  readonly stderr: string
  /** 128 plus the signal's number if a signal ended it. */
  readonly exitCode: number
}

export interface ProcessOptions {
  /** Default: as for `exec`. */
  readonly cwd?: string
  /** Added to the environment's variables. `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The file that stdout and stderr are appended to. */
  readonly log: string
}
