import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Whether git has a worktree at this path. Reads git's own records, which no branch can change, without running git. */
export function isRegistered(gitCommonDir: string, path: string): boolean {
  const records = join(gitCommonDir, 'worktrees')
  if (!existsSync(records) || !existsSync(path)) return false
  const real = realpathSync(path)
  return readdirSync(records).some(name => locationIn(join(records, name)) === real)
}

/** Relative to the record with git's `worktree.useRelativePaths`. */
function locationIn(record: string): string | undefined {
  try {
    const dotGit = readFileSync(join(record, 'gitdir'), 'utf8').replace(/\n$/, '')
    return realpathSync(dirname(resolve(record, dotGit)))
  } catch {
    return undefined // its folder is gone, or git is removing it
  }
}
