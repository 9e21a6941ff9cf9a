import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from './location.js'

export type Operation = 'merge' | 'rebase' | 'am' | 'cherry-pick' | 'revert' | 'bisect'

/** What git creates in a worktree's git directory during an operation. The first that exists decides. */
const TRACES: readonly (readonly [string, Operation])[] = [
  ['rebase-apply/applying', 'am'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['MERGE_HEAD', 'merge'],
  ['BISECT_LOG', 'bisect'],
]

export async function findOperation(gitDir: string): Promise<Operation | undefined> {
  for (const [trace, operation] of TRACES) {
    if (await exists(join(gitDir, trace))) return operation
  }
  return undefined
}

/** The branch being rebased: HEAD is detached from it until the rebase ends. */
export async function findBranchInRebase(gitDir: string): Promise<string | undefined> {
  for (const folder of ['rebase-merge', 'rebase-apply']) {
    const name = await readFile(join(gitDir, folder, 'head-name'), 'utf8').catch(() => '')
    if (name.startsWith('refs/heads/')) return name.trim().slice('refs/heads/'.length)
  }
  return undefined
}
