import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../system/write-file.js'
import type { Repository } from './repository.js'

const TRIES = 5

/**
 * Keeps paths out of git in all worktrees of the repository, by `info/exclude`: the user's lines stay, no tracked file is
 * changed. Patterns are those of gitignore (`/.piko/`). Read again after it is written: of two that write at the same
 * time, the one whose lines were lost writes again.
 */
export async function excludeFromGit(repository: Repository, patterns: readonly string[]): Promise<void> {
  const named = join(repository.gitCommonDir, 'info', 'exclude')
  const file = await realpath(named).catch(() => named)
  for (let tries = 0; tries < TRIES; tries++) {
    const text = await readFile(file, 'utf8').catch(readNothing)
    const lines = new Set(text.split(/\r?\n/))
    const missing = [...new Set(patterns)].filter(pattern => !lines.has(pattern))
    if (missing.length === 0) return
    const gap = text === '' || text.endsWith('\n') ? '' : '\n'
    await replaceFile(file, `${text}${gap}${missing.join('\n')}\n`)
  }
}

/** Only a file that is not there is an empty one. */
function readNothing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}
