import { posix } from 'node:path'
import type { Entry } from './entry.js'

/** Why an entry is not inside `folder/`, or undefined if it is. The target of a hard link counts too. */
export function strays(entry: Entry, folder: string): string | undefined {
  if (!isPlainlyBelow(entry.name, folder)) return `${entry.name} is outside ${folder}`
  if (entry.kind === 'hard link' && !isPlainlyBelow(entry.target, folder))
    return `${entry.name} is a link to ${entry.target}`
  return undefined
}

/** Whether a symbolic link points outside its folder. */
export function pointsOutside(entry: Entry, folder: string): boolean {
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
