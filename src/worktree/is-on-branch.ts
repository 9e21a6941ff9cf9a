import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCheckout } from './read-checkout.js'
import type { Repository } from './repository.js'

/**
 * Whether a worktree of the repository has a branch checked out. Reads git's files, since starting git takes longer.
 * False also if they do not tell.
 */
export async function isOnBranch(
  { gitCommonDir }: Pick<Repository, 'gitCommonDir'>,
  { path, branch }: { readonly path: string; readonly branch: string },
): Promise<boolean> {
  const checkout = await readCheckout(path)
  if (checkout?.commonDir !== gitCommonDir) return false
  return (await readFile(join(checkout.gitDir, 'HEAD'), 'utf8')) === `ref: refs/heads/${branch}\n`
}
