import { posix } from 'node:path'
import type { Entry } from './entry.js'

/** Why an entry does not belong below `folder/`; undefined where it does. What a hard link names counts too. */
export function strays(entry: Entry, folder: string): string | undefined {
  if (!isPlainlyBelow(entry.name, folder)) return `${entry.name} is outside ${folder}`
  if (entry.kind === 'hard link' && !isPlainlyBelow(entry.target, folder))
    return `${entry.name} is a link to ${entry.target}`
  return undefined
}

/** Whether a symbolic link leads out of the folder that it is below. */
export function leadsOut(entry: Entry, folder: string): boolean {
  if (entry.kind !== 'symbolic link') return false
  return !isBelow(posix.join(posix.dirname(entry.name), entry.target), folder) || entry.target.startsWith('/')
}

function isPlainlyBelow(name: string, folder: string): boolean {
  return isBelow(name, folder) && !name.split('/').includes('..')
}

function isBelow(name: string, folder: string): boolean {
  const plain = posix.normalize(name).replace(/\/$/, '')
  return plain === folder || plain.startsWith(`${folder}/`)
}
