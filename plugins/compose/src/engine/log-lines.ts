import { stripVTControlCharacters } from 'node:util'
import { linesOf } from './answer.js'
import { type Asking, askBytes } from './api.js'

/** The last lines of a container's output, both streams in their order. Empty if its log cannot be read. */
export async function fetchLogLines(context: Asking, id: string, count: number): Promise<readonly string[]> {
  const query = { stdout: '1', stderr: '1', tail: String(count) }
  const bytes = await askBytes(context, { path: `/containers/${id}/logs`, query }).catch(() => undefined)
  return linesOf(unframed(bytes ?? Buffer.alloc(0)).toString())
}

/** Makes a line safe to print: no colors, no cursor movement, one line. */
export function plainLine(line: string): string {
  return stripVTControlCharacters(line)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
}

/** Docker prefixes log chunks with eight bytes (stream, three zeros, length), unless the container has a terminal. */
function unframed(bytes: Buffer): Buffer {
  const pieces: Buffer[] = []
  let at = 0
  while (at + 8 <= bytes.length) {
    const isFrame = (bytes[at] ?? 9) <= 2 && bytes.readUIntBE(at + 1, 3) === 0
    if (!isFrame) return bytes
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    pieces.push(bytes.subarray(at + 8, end))
    at = end
  }
  return at === 0 ? bytes : Buffer.concat(pieces)
}
