import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../../state/open.js'
import { findGitDir } from '../../worktree/clear-way.js'
import { git } from '../../worktree/git.js'
import type { Repository } from '../../worktree/repository.js'
import { type EnvironmentRecord, subjectOf } from '../record.js'

/**
 * When an environment was last used, in milliseconds since 1970: created, run by piko, committed to, or its index
 * written by git.
 */
export async function readLastUse(
  { repository, state }: { readonly repository: Repository; readonly state: Database },
  { name, path, createdAt }: EnvironmentRecord,
): Promise<number> {
  const [committed, indexed] = await Promise.all([readCommitTime(path), readIndexTime(repository, path)])
  const run = state
    .prepare('SELECT max(changed_at) FROM journal WHERE subject = ?')
    .pluck()
    .get(subjectOf(name))
  const moments = [Date.parse(createdAt), typeof run === 'string' ? Date.parse(run) : 0, committed, indexed]
  return Math.max(...moments)
}

async function readCommitTime(path: string): Promise<number> {
  const { exitCode, stdout } = await git(path, ['log', '-1', '--format=%ct'], { accept: [128] }).catch(
    () => gone,
  )
  return exitCode === 0 ? Number(stdout) * 1000 : 0
}

/** The worktree's folder is gone. */
const gone = { exitCode: 128, stdout: '' }

async function readIndexTime(repository: Repository, path: string): Promise<number> {
  const gitDir = await findGitDir(repository, path)
  if (gitDir === undefined) return 0
  return (await stat(join(gitDir, 'index')).catch(() => undefined))?.mtimeMs ?? 0
}
