import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { findMatches, isFolder, readIgnoredEntries } from './carry-patterns.js'
import { keepIgnored } from './is-ignored.js'
import type { Repository } from './repository.js'

export interface CarryPatterns {
  /** Gitignore-style patterns of untracked files. Default: ignored files named `.env*`, outside ignored folders. */
  readonly copy?: readonly string[] | undefined
  /** A file with more patterns, which match ignored files only. Default: `.worktreeinclude` in the main checkout. */
  readonly include?: string | undefined
  /** `readIgnoredEntries` of the main checkout. */
  readonly readIgnored?: () => Promise<readonly string[]>
}

/** The files that a new worktree needs from the main checkout because git does not check them out. Sorted, relative. */
export async function filesToCarry(
  { mainCheckout }: Repository,
  request: CarryPatterns = {},
): Promise<readonly string[]> {
  const { copy, include = '.worktreeinclude', readIgnored = () => readIgnoredEntries(mainCheckout) } = request
  const patterns = await readPatterns(resolve(mainCheckout, include))
  const find = (wanted: readonly string[]) => findMatches(mainCheckout, wanted, readIgnored)
  const [wanted, included] = await Promise.all([
    copy === undefined ? findVariables(readIgnored) : find(copy),
    patterns.length === 0 ? [] : find(patterns),
  ])
  const found = new Set([...wanted, ...(await keepIgnored(mainCheckout, included))])
  return [...found].filter(path => !isPrivate(path)).sort()
}

/** Whether a path belongs to git or to piko itself and is never copied or linked. */
export function isPrivate(path: string): boolean {
  return ['.git', '.piko'].includes(path.split('/')[0] ?? '')
}

async function findVariables(readIgnored: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const entries = await readIgnored()
  return entries.filter(entry => !isFolder(entry) && basename(entry).startsWith('.env'))
}

async function readPatterns(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(readNothing)
  return text.split(/\r?\n/).filter(line => line.trim() !== '' && !line.startsWith('#'))
}

function readNothing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}
