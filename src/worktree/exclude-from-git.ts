import { mkdir, open, readFile, realpath, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { replaceFile } from '../system/write-file.js'
import { withLines, withoutLines } from './exclude-block.js'
import type { Repository } from './repository.js'

/** Writing a small file never takes longer than this: an older lock is left over from a process that died. */
const LOCK_MILLISECONDS = 3000
const POLL_MILLISECONDS = 10

/**
 * Excludes paths from git in all worktrees of the repository, through `info/exclude`. Keeps the user's lines and
 * changes no tracked file. Takes gitignore patterns (`/docker-compose.piko.yml`).
 */
export async function excludeFromGit(repository: Repository, patterns: readonly string[]): Promise<void> {
  const file = await findExclude(repository)
  const text = await readText(file)
  if (patterns.length === 0 || withLines(text, patterns) === text) return
  await mkdir(dirname(file), { recursive: true })
  await locked(file, async () => replaceFile(file, withLines(await readText(file), patterns)))
}

/**
 * Removes piko's lines and restores the file as it was. `isNeeded` is checked under the lock, when no one can add
 * lines.
 */
export async function restoreExclude(repository: Repository, isNeeded: () => boolean): Promise<void> {
  const file = await findExclude(repository)
  if ((await readText(file)) === undefined) return
  await locked(file, async () => {
    const text = await readText(file)
    if (text === undefined || isNeeded()) return
    const before = withoutLines(text)
    if (before === undefined) await rm(file)
    else if (before !== text) await replaceFile(file, before)
  })
}

async function findExclude({ gitCommonDir }: Repository): Promise<string> {
  const named = join(gitCommonDir, 'info', 'exclude')
  return realpath(named).catch(() => named)
}

/** Only a missing file reads as undefined. */
async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

async function locked(file: string, work: () => Promise<void>): Promise<void> {
  const release = await lock(`${file}.lock`)
  try {
    await work()
  } finally {
    await release()
  }
}

/** Locks the way git locks its own files: creating the file takes the lock. */
async function lock(file: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await (await open(file, 'wx')).close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const age = Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now())
    if (age > LOCK_MILLISECONDS) await rm(file, { force: true })
    else await setTimeout(POLL_MILLISECONDS)
  }
}
