import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Move } from '../project/moved-paths.js'
import { movedPath } from '../project/moved-paths.js'
import { git } from './git.js'
import { exists } from './location.js'
import type { Repository } from './repository.js'

/**
 * Links the worktrees of a moved repository again. Git repairs both ends too, but first the worktrees at the old paths,
 * where another repository may have its own by now.
 */
export async function moveWorktrees(repository: Repository, move: Move): Promise<void> {
  for (const registration of await readRegistrations(repository)) {
    const own = movedPath(registration.worktree, move)
    if (own !== registration.worktree) await link(registration.folder, own)
  }
  await repairWorktrees(repository, [])
}

/** Has git repair the links of worktrees that were moved, to these paths, and of a repository that was. */
export async function repairWorktrees(repository: Repository, paths: readonly string[]): Promise<void> {
  await git(repository.mainCheckout, ['worktree', 'repair', ...paths], { accept: [1] })
}

/**
 * Gives a copied repository its own worktrees. In a copy, both ends of each link still name the original: git would
 * remove the original's worktrees. What was not copied along is unregistered.
 */
export async function separateWorktrees(repository: Repository, copy: Move): Promise<void> {
  for (const { folder, worktree } of await readRegistrations(repository)) {
    const own = movedPath(worktree, copy)
    const isCopied = own.startsWith(`${copy.to}/`) && (await exists(join(own, '.git')))
    if (!isCopied) await rm(folder, { recursive: true })
    else if (own !== worktree) await link(folder, own)
  }
}

/** Writes both ends of the link between a worktree and its folder in the git directory. */
async function link(folder: string, worktree: string): Promise<void> {
  await writeFile(join(folder, 'gitdir'), `${join(worktree, '.git')}\n`)
  if (await exists(join(worktree, '.git'))) await writeFile(join(worktree, '.git'), `gitdir: ${folder}\n`)
}

/** A worktree as the repository records it, in a folder of its git directory. */
interface Registration {
  readonly folder: string
  /** Its path, which may be out of date. */
  readonly worktree: string
}

export async function readRegistrations({ gitCommonDir }: Repository): Promise<readonly Registration[]> {
  const home = join(gitCommonDir, 'worktrees')
  const names = await readdir(home).catch(() => [])
  const found = names.map(async name => {
    const folder = join(home, name)
    const link = await readFile(join(folder, 'gitdir'), 'utf8').catch(() => undefined)
    return link === undefined ? [] : [{ folder, worktree: resolve(folder, link.trim(), '..') }]
  })
  return (await Promise.all(found)).flat()
}
