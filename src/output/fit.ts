import { clipped } from '@piko/sdk'
import { stripVTControlCharacters } from 'node:util'

/**
 * What a program has printed as one line of at most `columns`, without its colours and controls; undefined where nothing
 * is left to read, such as for an empty line or an id alone.
 */
export function fitLine(text: string, columns: number): string | undefined {
  const line = readableLine(text)
  return line === undefined ? undefined : clipped(line, columns)
}

export function readableLine(text: string): string | undefined {
  const plain = stripVTControlCharacters(text.split('\r').findLast(part => part.trim() !== '') ?? '')
  const line = plain.replaceAll('\t', ' ').replaceAll(/\p{Cc}/gu, '') // what would move the cursor
  return line.trim() === '' || /^\s*(sha256:)?[0-9a-f]{12,}\s*$/.test(line) ? undefined : line.trimEnd()
}
