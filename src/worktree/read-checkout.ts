import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { exists } from './location.js'

/** A checkout, as real paths. */
export interface Checkout {
  readonly top: string
  /** The git directory of the checkout itself. */
  readonly gitDir: string
  /** The git directory of the repository. */
  readonly commonDir: string
}

/**
 * Reads a checkout from its files, since starting git takes longer: a main checkout with a `.git` folder, or a linked
 * worktree of one. Undefined for anything else, and for what git might refuse or see differently: then git decides.
 */
export async function readCheckout(folder: string): Promise<Checkout | undefined> {
  try {
    const top = await realpath(folder)
    const gitDir = await readGitDir(top)
    const commonDir = gitDir === join(top, '.git') ? gitDir : await readCommonDir(gitDir)
    const isUsual = basename(commonDir) === '.git' && (await isPlain(commonDir))
    return isUsual && (await areOwn([top, gitDir, commonDir])) ? { top, gitDir, commonDir } : undefined
  } catch {
    return undefined // git reports what is wrong
  }
}

/** The nearest folder with a `.git`, from this one up. Undefined if git might stop at another. */
export async function findTop(folder: string): Promise<string | undefined> {
  if (process.env['GIT_CEILING_DIRECTORIES'] !== undefined) return undefined
  if (await exists(join(folder, '.git'))) return folder
  const parent = dirname(folder)
  const isGitDir = await exists(join(folder, 'HEAD'))
  const isOutermost = parent === folder || (await stat(parent)).dev !== (await stat(folder)).dev
  return isGitDir || isOutermost ? undefined : findTop(parent)
}

async function readGitDir(top: string): Promise<string> {
  const dotGit = join(top, '.git')
  if ((await stat(dotGit)).isDirectory()) return realpath(dotGit)
  const text = await readFile(dotGit, 'utf8')
  return realpath(resolve(top, withoutNewline(text).replace(/^gitdir: /, '')))
}

async function readCommonDir(gitDir: string): Promise<string> {
  const text = await readFile(join(gitDir, 'commondir'), 'utf8')
  return realpath(resolve(gitDir, withoutNewline(text)))
}

function withoutNewline(text: string): string {
  return text.replace(/[\r\n]+$/, '')
}

/** Whether its configuration cannot make the repository bare, or move its main checkout. */
async function isPlain(commonDir: string): Promise<boolean> {
  const config = await readFile(join(commonDir, 'config'), 'utf8')
  return (await exists(join(commonDir, 'HEAD'))) && !/worktree|include|bare(?!\s*=\s*false\b)/i.test(config)
}

/** By default, git refuses to work in another user's repository. */
async function areOwn(paths: readonly string[]): Promise<boolean> {
  const owners = await Promise.all(paths.map(async path => (await stat(path)).uid))
  return owners.every(owner => owner === process.geteuid?.())
}
