import { existsSync } from 'node:fs'
import { environmentErrors } from '../errors/environment.js'
import { isRegistered } from '../worktree/is-registered.js'
import type { Repository } from '../worktree/repository.js'
import type { EnvironmentRecord } from './record.js'

type Place = Pick<EnvironmentRecord, 'name' | 'path'>

/** Throws if there is something at the environment's path that git does not know as a worktree of this repository. */
export function requireKnownPath(
  repository: Pick<Repository, 'gitCommonDir' | 'mainCheckout'>,
  { name, path }: Place,
): void {
  if (!isForeignPath(repository.gitCommonDir, path)) return
  throw environmentErrors.ENVIRONMENT_PATH_FOREIGN({ name, path, root: repository.mainCheckout })
}

/** A path where nothing is leads to the usual errors. */
export function isForeignPath(gitCommonDir: string, path: string): boolean {
  return existsSync(path) && !isRegistered(gitCommonDir, path)
}
