import { clipped, visibleText } from '@piko/sdk'
import { stripVTControlCharacters } from 'node:util'

/**
 * A line of program output, cut to `columns`, without colours and control characters. Undefined if nothing readable is
 * left: an empty line, or only an id.
 */
export function fitLine(text: string, columns: number): string | undefined {
  const line = readableLine(text)
  return line === undefined ? undefined : clipped(line, columns)
}

export function readableLine(text: string): string | undefined {
  const plain = stripVTControlCharacters(text.split('\r').findLast(part => part.trim() !== '') ?? '')
  const line = visibleText(plain.replaceAll('\t', ' ').replaceAll(/\p{Cc}/gu, '')) // would move the cursor
  return line.trim() === '' || /^\s*(sha256:)?[0-9a-f]{12,}\s*$/.test(line) ? undefined : line.trimEnd()
}
