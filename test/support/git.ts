import type { Repository } from '#src/worktree/repository.js'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeSandbox, type Sandbox } from '../sandbox/sandbox.js'

/** Real git in its own folder, with its own HOME and configuration. */
export interface GitBed {
  /** A new folder for each test, as an absolute real path. */
  readonly folder: string
  /** Runs git and returns its output without the final newline. */
  git(checkout: string, ...args: readonly string[]): string
  /** A repository in `<folder>/<name>` with one commit of `README` on `main`. Its path needs quoting. */
  repository(name?: string): Repository
  /** Writes a file and its folders, and returns its path. */
  write(folder: string, path: string, text?: string): string
  /** Writes a file, commits it, and returns the commit's id. */
  commit(checkout: string, path: string, text?: string): string
}

export const AWKWARD = `it's a "repo" ünï`

/** Call it inside `describe`. Every test then has a bed, and this process's variables point git to it. */
export function useGit(): GitBed {
  let sandbox: Sandbox | undefined
  let folder = ''
  let before: NodeJS.ProcessEnv = {}
  beforeEach(() => {
    sandbox = makeSandbox('git bed')
    folder = sandbox.folder
    // So that another user can work in it.
    chmodSync(folder, 0o755)
    before = { ...process.env }
    replaceEnvironment(environmentOf(sandbox))
  })
  afterEach(() => {
    replaceEnvironment(before)
    sandbox?.remove()
  })
  return {
    get folder() {
      return folder
    },
    git: runGit,
    write,
    commit,
    repository: (name = AWKWARD) => makeRepository(join(folder, name)),
  }
}

/** The error of a failing call: its code and details. */
export async function failureOf(work: Promise<unknown>): Promise<{
  readonly code: string
  readonly message: string
  readonly kind?: string
  readonly hints: readonly string[]
  readonly details: readonly string[]
}> {
  try {
    await work
  } catch (error) {
    const { details } = error as { details?: Record<string, never> }
    if (!details) throw error
    return { hints: [], details: [], ...details } as never
  }
  throw new Error('It was to fail, and did not')
}

function environmentOf({ home, env }: Sandbox): NodeJS.ProcessEnv {
  const config =
    '[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n[safe]\n\tdirectory = *\n'
  write(home, 'gitconfig', config)
  const date = '2024-01-02T03:04:05Z'
  return { ...env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
}

function replaceEnvironment(variables: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, variables)
}

function runGit(checkout: string, ...args: readonly string[]): string {
  const output = execFileSync('git', args, { cwd: checkout, encoding: 'utf8', stdio: 'pipe' })
  return output.replace(/\n$/, '')
}

function makeRepository(checkout: string): Repository {
  mkdirSync(checkout, { recursive: true })
  runGit(checkout, 'init', '--quiet')
  commit(checkout, 'README')
  return { mainCheckout: checkout, gitCommonDir: join(checkout, '.git'), currentCheckout: checkout }
}

function write(folder: string, path: string, text = `${path}\n`): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

function commit(checkout: string, path: string, text?: string): string {
  write(checkout, path, text)
  runGit(checkout, 'add', '--force', '--', path)
  runGit(checkout, 'commit', '--quiet', '--message', `Add ${path}`)
  return runGit(checkout, 'rev-parse', 'HEAD')
}
