import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { stateErrors } from '../errors/state.js'
import { projectStateFile } from './databases.js'

/**
 * A second name for the file of the state, in git's own folder. A branch can put files anywhere in the checkout, also
 * over ignored ones, but never there: state without this name is not piko's, and what a branch overwrote is still here.
 */
export function stateLink(gitDir: string): string {
  return join(gitDir, 'piko', 'state.db')
}

/**
 * Git's own folder of this main checkout, if piko itself wrote the state in the checkout, as far as can be known
 * without running git. Undefined otherwise.
 */
export function findOwnState(root: string): string | undefined {
  const gitDir = gitDirOf(root)
  const file = projectStateFile(root)
  if (gitDir === undefined || !isSameFile(file, stateLink(gitDir))) return undefined
  if ([dirname(file), file].some(path => isLink(path) || isOfOtherUser(path))) return undefined
  const isWhole = !existsSync(`${file}-wal`) || !mayTrack(gitDir) // a branch may bring only the log of a database
  return isWhole ? gitDir : undefined
}

/** Whether both names exist and lead to one file, without a symbolic link. */
export function isSameFile(one: string, other: string): boolean {
  const [a, b] = [lstat(one), lstat(other)]
  return a !== undefined && b !== undefined && a.isFile() && a.ino === b.ino && a.dev === b.dev
}

/** Gives the state its second name, once it exists. */
export function keepState(root: string, gitDir: string): void {
  if (isSameFile(projectStateFile(root), stateLink(gitDir))) return
  try {
    linkAs(projectStateFile(root), stateLink(gitDir))
  } catch {
    return // a file system without hard links: git is asked each time
  }
}

/** Brings back the state that a branch replaced or removed. */
export function restoreState(root: string, gitDir: string): void {
  linkAs(stateLink(gitDir), projectStateFile(root))
}

/** Throws if a file of the state is a symbolic link or belongs to another user. */
export function refusePlanted(root: string): void {
  const state = projectStateFile(root)
  for (const path of [dirname(state), state, `${state}-wal`, `${state}-shm`]) {
    if (isLink(path)) throw stateErrors.STATE_LINKED({ path })
    if (isOfOtherUser(path)) throw stateErrors.STATE_OF_OTHER_USER({ path })
  }
}

/** Whether git's index may name something in `.piko`. Errs only towards true. */
export function mayTrack(gitDir: string): boolean {
  const index = readIndex(gitDir)
  if (index === undefined || index.length < 8) return false
  const isCompressed = index.readUInt32BE(4) > 3
  const isSplit = index.includes('link\0')
  const ignoresCase = process.platform !== 'linux'
  return isCompressed || isSplit || ignoresCase || index.includes('.piko/') || index.includes('.piko\0')
}

/** Git's folder of a main checkout. That of a submodule, for one, is elsewhere. Undefined for a linked worktree. */
function gitDirOf(root: string): string | undefined {
  const dotGit = join(root, '.git')
  if (lstat(dotGit)?.isDirectory()) return dotGit
  const text = existsSync(dotGit) ? readFileSync(dotGit, 'utf8') : ''
  const path = /^gitdir: (.*)\n?$/.exec(text)?.[1]
  if (path === undefined) return undefined
  const gitDir = resolve(root, path)
  return existsSync(join(gitDir, 'commondir')) ? undefined : gitDir
}

function readIndex(gitDir: string): Buffer | undefined {
  try {
    return readFileSync(join(gitDir, 'index'))
  } catch {
    return undefined // nothing was ever added
  }
}

function isLink(path: string): boolean {
  return lstat(path)?.isSymbolicLink() === true
}

function isOfOtherUser(path: string): boolean {
  const own = process.getuid?.()
  const found = lstat(path)
  return own !== undefined && found !== undefined && found.uid !== own
}

/** Replaces `name` atomically. */
function linkAs(file: string, name: string): void {
  mkdirSync(dirname(name), { recursive: true, mode: 0o700 })
  const sibling = `${name}.${process.pid}.new`
  rmSync(sibling, { force: true })
  linkSync(file, sibling)
  renameSync(sibling, name)
  rmSync(sibling, { force: true }) // renaming one name of a file to another of the same file does nothing
}

function lstat(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}
