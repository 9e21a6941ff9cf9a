import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectStateFile } from '../state/databases.js'
import { findRepository } from '../worktree/find-repository.js'
import { findWorktree } from '../worktree/list-worktrees.js'
import type { Repository } from '../worktree/repository.js'

/**
 * The repository of the project around a folder. Usually the one that git finds. In a worktree of a moved project git
 * finds none, and in one of a copied project it finds the original: there, the project's folder counts.
 */
export async function findHome(folder: string): Promise<Repository> {
  const above = findProjectAbove(realpathSync(folder))
  if (above === undefined) return findRepository(folder)
  try {
    const found = await findRepository(folder)
    return (await isStray(found, above)) ? await findRepository(above) : found
  } catch (error) {
    if (!isLinked(realpathSync(folder))) throw error
    return findRepository(above)
  }
}

/** Whether the checkout around a folder is a worktree, which has a file that says where its repository is. */
function isLinked(folder: string): boolean {
  const link = join(folder, '.git')
  if (existsSync(link)) return statSync(link).isFile()
  return dirname(folder) !== folder && isLinked(dirname(folder))
}

/** Whether git takes a folder for a worktree that is elsewhere. */
async function isStray(found: Repository, above: string): Promise<boolean> {
  const { mainCheckout, currentCheckout } = found
  if (mainCheckout === above || mainCheckout === currentCheckout) return false
  return currentCheckout.startsWith(`${above}/`) && !(await findWorktree(found, currentCheckout))
}

function findProjectAbove(folder: string): string | undefined {
  if (existsSync(projectStateFile(folder)) && existsSync(join(folder, '.git'))) return folder
  return dirname(folder) === folder ? undefined : findProjectAbove(dirname(folder))
}
