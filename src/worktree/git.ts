import type { ExecResult } from '@piko/sdk'
import { toolFailed } from '../system/errors.js'
import { exec } from '../system/exec.js'

/** The one door to git: the only file that runs it. Answers are exit codes and NUL-separated lists, never prose. */
export interface GitOptions {
  /** Exit codes that are answers too, beside 0. */
  readonly accept?: readonly number[]
  readonly input?: string
  readonly signal?: AbortSignal | undefined
}

/** What a shell inside a git hook or alias hands down: it would point git at another repository. */
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

/** Runs git in a folder; another exit code than 0 or an accepted one is `TOOL_FAILED`. */
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
  throw toolFailed(['git', ...args], { ...result, cause: undefined })
}

/** The entries of a `-z` answer. */
export function splitNul(output: string): readonly string[] {
  return output.split('\0').filter(entry => entry !== '')
}
