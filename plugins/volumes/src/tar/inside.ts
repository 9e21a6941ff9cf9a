import { posix } from 'node:path'
import type { Entry } from './entry.js'

/** Why an entry is not inside `folder/`, or undefined if it is. The target of a hard link counts too. */
export function strays(entry: Entry, folder: string): string | undefined {
  if (!isPlainlyBelow(entry.name, folder)) return `${entry.name} is outside ${folder}`
  if (entry.kind === 'hard link' && !isPlainlyBelow(entry.target, folder))
    return `${entry.name} is a link to ${entry.target}`
  return undefined
}

function isPlainlyBelow(name: string, folder: string): boolean {
  return isBelow(name, folder) && !name.split('/').includes('..')
}

function isBelow(name: string, folder: string): boolean {
  const plain = posix.normalize(name).replace(/\/$/, '')
  return plain === folder || plain.startsWith(`${folder}/`)
}
