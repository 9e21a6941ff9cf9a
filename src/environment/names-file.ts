import { join } from 'node:path'
import { readEnvironments } from './record.js'
import type { Database } from '../state/open.js'
import { replaceFile } from '../system/write-file.js'

/**
 * Writes the names for shell completion: one line per environment with its name, folder and services, separated by
 * tabs. Shells read the file directly because starting Node on every Tab would be slow.
 */
export async function writeNames(state: Database, root: string): Promise<void> {
  const lines = readEnvironments(state).map(({ name, path, targets }) => {
    return `${name}\t${path.replaceAll(/[\t\n]/g, '?')}\t${targets.join(' ')}\n`
  })
  await replaceFile(join(root, '.piko', 'completion'), lines.join(''))
}
