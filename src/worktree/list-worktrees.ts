import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { git } from './git.js'
import { realLocation } from './location.js'
import type { Repository } from './repository.js'

/** A worktree registered in git. Its folder may be gone. */
export interface Worktree {
  readonly path: string
  /** Whether it is the main checkout, which is never removed. */
  readonly main: boolean
  /** A commit id. All zeros if there is no commit yet. */
  readonly head: string
  /** Short name. Absent when HEAD is detached. */
  readonly branch?: string
  /** The reason given for the lock, which may be empty. Absent when not locked. */
  readonly locked?: string
  /** Why git would prune it. Absent when git would not. */
  readonly prunable?: string
}

/** All worktrees of the repository, the main checkout first. */
export async function listWorktrees(repository: Repository): Promise<readonly Worktree[]> {
  const { stdout } = await git(repository.mainCheckout, ['worktree', 'list', '--porcelain', '-z'])
  const records = stdout.split('\0\0').filter(record => record !== '')
  return records.map((record, index) =>
    parseWorktree(record, index === 0 ? repository.mainCheckout : undefined),
  )
}

/** The worktree registered at a path, compared by real path. */
export async function findWorktree(repository: Repository, path: string): Promise<Worktree | undefined> {
  const wanted = await realLocation(path)
  if (!(await mayBeRegistered(repository, wanted))) return undefined
  const worktrees = await listWorktrees(repository)
  const places = await Promise.all(worktrees.map(worktree => realLocation(worktree.path)))
  return worktrees.find((_, index) => places[index] === wanted)
}

/** Reads git's own records, since starting git takes longer. They exist even if the folder is gone. */
async function mayBeRegistered({ mainCheckout, gitCommonDir }: Repository, wanted: string): Promise<boolean> {
  if (wanted === mainCheckout) return true
  const records = join(gitCommonDir, 'worktrees')
  const names = await readdir(records).catch(() => [])
  const places = await Promise.all(names.map(name => readPlace(join(records, name))))
  return places.includes(wanted)
}

async function readPlace(record: string): Promise<string | undefined> {
  const dotGit = await readFile(join(record, 'gitdir'), 'utf8').catch(() => undefined)
  return dotGit === undefined ? undefined : realLocation(dirname(resolve(record, dotGit.trimEnd())))
}

/** For the main checkout of a submodule, or of a repository stored elsewhere, git reports the git directory instead. */
function parseWorktree(record: string, mainCheckout: string | undefined): Worktree {
  const fields = new Map(record.split('\0').map(splitField))
  const branch = fields.get('branch')?.replace('refs/heads/', '')
  const locked = fields.get('locked')
  const prunable = fields.get('prunable')
  return {
    path: mainCheckout ?? fields.get('worktree') ?? '',
    main: mainCheckout !== undefined,
    head: fields.get('HEAD') ?? '',
    ...(branch === undefined ? {} : { branch }),
    ...(locked === undefined ? {} : { locked }),
    ...(prunable === undefined ? {} : { prunable }),
  }
}

function splitField(field: string): readonly [string, string] {
  const space = field.indexOf(' ')
  return space === -1 ? [field, ''] : [field.slice(0, space), field.slice(space + 1)]
}
