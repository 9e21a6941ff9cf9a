import { mkdir, open, readFile, realpath, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { replaceFile } from '../system/write-file.js'
import type { Repository } from './repository.js'

/** Nobody holds the lock for longer than it takes to write a small file: an older one is a dead process's. */
const LOCK_MILLISECONDS = 3000
const POLL_MILLISECONDS = 10

/**
 * Keeps paths out of git in all worktrees of the repository, by `info/exclude`: the user's lines stay, no tracked file is
 * changed. Patterns are those of gitignore (`/.piko/`).
 */
export async function excludeFromGit(repository: Repository, patterns: readonly string[]): Promise<void> {
  const named = join(repository.gitCommonDir, 'info', 'exclude')
  const file = await realpath(named).catch(() => named)
  if (missingFrom(await readText(file), patterns).length === 0) return
  await mkdir(dirname(file), { recursive: true })
  const release = await lock(`${file}.lock`)
  try {
    await addLines(file, patterns)
  } finally {
    await release()
  }
}

async function addLines(file: string, patterns: readonly string[]): Promise<void> {
  const text = await readText(file)
  const missing = missingFrom(text, patterns)
  if (missing.length === 0) return
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  await replaceFile(file, `${text}${gap}${missing.join('\n')}\n`)
}

function missingFrom(text: string, patterns: readonly string[]): readonly string[] {
  const lines = new Set(text.split(/\r?\n/))
  return [...new Set(patterns)].filter(pattern => !lines.has(pattern))
}

/** Only a file that is not there is an empty one. */
async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

/** As git locks its own files: who makes the file has the lock. */
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
