import { realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { repositoryErrors } from '../errors/repository.js'
import { git } from './git.js'
import { exists } from './location.js'
import { findTop, readCheckout } from './read-checkout.js'
import type { Repository } from './repository.js'

/**
 * Finds the repository of a folder in its main checkout, in a linked worktree or in `.git`. In a submodule, as in git,
 * this is the submodule's own repository, and its folder is the main checkout. Throws `REPOSITORY_MISSING`,
 * `REPOSITORY_UNREADABLE`, `REPOSITORY_BARE`, `REPOSITORY_MAIN_UNKNOWN`.
 */
export async function findRepository(folder: string): Promise<Repository> {
  return (await readRepository(folder)) ?? (await findMainCheckout(folder)) ?? findFromAnywhere(folder)
}

/** Finds it without git: from the main checkout or a linked worktree, or a folder in them. Undefined for the unusual. */
async function readRepository(folder: string): Promise<Repository | undefined> {
  const start = await realpath(folder).catch(() => undefined)
  const top = start && (await findTop(start))
  const current = top && (await readCheckout(top))
  if (!current) return undefined
  const main = await readCheckout(dirname(current.commonDir))
  if (main?.gitDir !== current.commonDir) return undefined
  return { mainCheckout: main.top, gitCommonDir: main.gitDir, currentCheckout: current.top }
}

/** A folder in the main checkout, resolved with one call to git. Undefined for any other folder. */
async function findMainCheckout(folder: string): Promise<Repository | undefined> {
  const asked = ['--git-common-dir', '--git-dir', '--show-toplevel']
  const answer = await git(folder, ['rev-parse', '--path-format=absolute', ...asked], { accept: [128] })
  const [common = '', own, checkout = '', ...more] = answer.stdout.split('\n')
  if (answer.exitCode !== 0 || common !== own || more.length > 0) return undefined // a path contains a newline
  const [gitCommonDir, mainCheckout] = await Promise.all([realpath(common), realpath(checkout)])
  return { mainCheckout, gitCommonDir, currentCheckout: mainCheckout }
}

async function findFromAnywhere(folder: string): Promise<Repository> {
  const gitCommonDir = await requireCommonDir(folder)
  const checkout = await findPath(folder, ['--show-toplevel'])
  const mainCheckout = await requireMainCheckout(gitCommonDir, checkout)
  return { mainCheckout, gitCommonDir, currentCheckout: checkout ?? mainCheckout }
}

/** The real path that `git rev-parse` prints for one query. Undefined if git cannot answer it. */
async function findPath(folder: string, args: readonly string[]): Promise<string | undefined> {
  const answer = await git(folder, ['rev-parse', '--path-format=absolute', ...args], { accept: [128] })
  return answer.exitCode === 0 ? realpath(answer.stdout) : undefined
}

/** Resolves several paths with one call to git. Undefined if git cannot answer one of them. */
export async function findPaths(
  folder: string,
  asked: readonly string[],
): Promise<readonly string[] | undefined> {
  const answer = await git(folder, ['rev-parse', '--path-format=absolute', ...asked], { accept: [128] })
  if (answer.exitCode !== 0) return undefined
  const lines = answer.stdout.split('\n')
  if (lines.length === asked.length) return Promise.all(lines.map(line => realpath(line)))
  const paths = await Promise.all(asked.map(one => findPath(folder, [one]))) // a path contains a newline
  return paths.filter(path => path !== undefined)
}

async function requireCommonDir(folder: string): Promise<string> {
  const answer = await git(folder, ['rev-parse', '--path-format=absolute', '--git-common-dir'], {
    accept: [128],
  })
  if (answer.exitCode === 0) return realpath(answer.stdout)
  const details = answer.stderr.split('\n')
  const place = await findDotGit(resolve(folder))
  throw place
    ? repositoryErrors.REPOSITORY_UNREADABLE({ place, lines: details })
    : repositoryErrors.REPOSITORY_MISSING({ folder: resolve(folder) })
}

async function findDotGit(folder: string): Promise<string | undefined> {
  const candidate = join(folder, '.git')
  if (await exists(candidate)) return candidate
  const parent = dirname(folder)
  return parent === folder ? undefined : findDotGit(parent)
}

async function requireMainCheckout(gitCommonDir: string, checkout: string | undefined): Promise<string> {
  if (checkout !== undefined && (await findPath(checkout, ['--git-dir'])) === gitCommonDir) return checkout
  const asGitDir = `--git-dir=${gitCommonDir}`
  const bare = await git(dirname(gitCommonDir), [asGitDir, 'rev-parse', '--is-bare-repository'])
  if (bare.stdout === 'true') throw repositoryErrors.REPOSITORY_BARE({ gitDir: gitCommonDir })
  // Without core.worktree, git assumes the current folder, so the answer must be checked.
  const answer = await git(dirname(gitCommonDir), [asGitDir, 'rev-parse', '--show-toplevel'])
  const main = await realpath(answer.stdout)
  if ((await findPath(main, ['--git-dir'])) !== gitCommonDir)
    throw repositoryErrors.REPOSITORY_MAIN_UNKNOWN({ gitDir: gitCommonDir })
  return main
}
