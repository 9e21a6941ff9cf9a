import type { ExecResult } from '@piko/sdk'
import { systemErrors } from '../errors/system.js'
import { exec } from '../system/exec.js'

/** The only file that runs git. It reads exit codes and NUL-separated lists, never prose. */
export interface GitOptions {
  /** Exit codes accepted besides 0. */
  readonly accept?: readonly number[]
  readonly input?: string
  readonly signal?: AbortSignal | undefined
}

/** Variables that a git hook or alias sets. They would point git at another repository. */
const INHERITED = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_SHALLOW_FILE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
] as const

const ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(INHERITED.map(name => [name, undefined])),
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
}

/** Runs git in a folder. An exit code other than 0 and the accepted ones is `TOOL_FAILED`. */
export async function git(
  folder: string,
  args: readonly string[],
  { accept = [], input, signal }: GitOptions = {},
): Promise<ExecResult> {
  const result = await exec('git', args, {
    cwd: folder,
    env: ENVIRONMENT,
    signal,
    allowFailure: true,
    ...(input === undefined ? {} : { input }),
  })
  if (result.exitCode === 0 || accept.includes(result.exitCode)) return result
  throw systemErrors.TOOL_FAILED({ command: ['git', ...args], ...result, cause: undefined })
}

/** The entries of `-z` output. */
export function splitNul(output: string): readonly string[] {
  return output.split('\0').filter(entry => entry !== '')
}
