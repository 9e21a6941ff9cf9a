import { join } from 'node:path'
import { readEnvironments } from './record.js'
import type { Database } from '../state/open.js'
import { replaceFile } from '../system/write-file.js'

/**
 * Writes what the shells complete: a line for each environment with its name, its folder and its services, tabs between
 * the three. The shells read it themselves, since a start of Node would make every Tab wait.
 */
export async function writeNames(state: Database, root: string): Promise<void> {
  const lines = readEnvironments(state).map(({ name, path, targets }) => {
    return `${name}\t${path.replaceAll(/[\t\n]/g, '?')}\t${targets.join(' ')}\n`
  })
  await replaceFile(join(root, '.piko', 'completion'), lines.join(''))
}
