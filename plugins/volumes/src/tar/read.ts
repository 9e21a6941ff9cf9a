import { blockSize, type Entry, paddedSize, type Piece } from './entry.js'
import { type Header, parseHeader } from './header.js'
import { makeReader, type Reader } from './reader.js'

/**
 * Goes through a tar archive without keeping it: ustar, pax and GNU, as tar, docker and Postgres write them. Throws where
 * it is damaged or cut off. What follows the archive's end is read to its end too.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<Piece, void, undefined> {
  const reader = makeReader(source)
  try {
    for (;;) {
      const read = await readEntry(reader)
      if (!read) break
      yield { kind: 'entry', entry: read.entry, raw: read.raw }
      yield* readBody(reader, read.entry.size)
    }
    await reader.drain()
  } finally {
    await reader.close()
  }
}

async function* readBody(reader: Reader, size: number): AsyncGenerator<Piece, void, undefined> {
  const padded = paddedSize(size)
  for (let at = 0; at < padded;) {
    const raw = await reader.some(padded - at)
    yield { kind: 'body', raw, content: raw.subarray(0, Math.max(0, Math.min(raw.length, size - at))) }
    at += raw.length
  }
}

/** The next entry with the extra headers before it; undefined at the archive's end. */
async function readEntry(
  reader: Reader,
): Promise<{ readonly entry: Entry; readonly raw: Buffer } | undefined> {
  const raws: Buffer[] = []
  let said: Readonly<Record<string, string>> = {}
  for (;;) {
    const block = await reader.exactly(blockSize)
    if (block.every(byte => byte === 0)) {
      if (raws.length > 0) throw new Error('the archive ends within an entry')
      return undefined
    }
    raws.push(block)
    const header = parseHeader(block)
    if (!extras.has(header.type)) {
      if (header.type === 'S') raws.push(...(await readSparseMap(reader, block)))
      return { entry: withSaid(header, said), raw: Buffer.concat(raws) }
    }
    if (header.size > mostExtra) throw new Error('a header of the archive is too long')
    const body = await reader.exactly(paddedSize(header.size))
    raws.push(body)
    said = { ...said, ...readExtra(header, body.subarray(0, header.size)) }
  }
}

/** Long names of GNU, and the records of pax. */
const extras = new Set(['L', 'K', 'x', 'g'])
const mostExtra = 16_000_000

function readExtra({ type }: Header, body: Buffer): Readonly<Record<string, string>> {
  const [line = ''] = body.toString('utf8').split('\0')
  if (type === 'L') return { path: line }
  if (type === 'K') return { linkpath: line }
  const records: Record<string, string> = {}
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(0x20, at)
    const length = Number(body.subarray(at, space).toString('latin1'))
    if (space < 0 || !(length > 0)) throw new Error('a pax header of the archive is damaged')
    const record = body.subarray(space + 1, at + length - 1).toString('utf8')
    records[record.slice(0, record.indexOf('='))] = record.slice(record.indexOf('=') + 1)
    at += length
  }
  return records
}

function withSaid(header: Header, said: Readonly<Record<string, string>>): Entry {
  const { name, kind, target, mode, uid, gid, size } = header
  const has = (key: string, value: number) => (said[key] === undefined ? value : Number(said[key]))
  const real = said['GNU.sparse.name'] ?? said['path'] ?? name
  return {
    name: real,
    kind: kind === 'file' && real.endsWith('/') ? 'folder' : kind,
    target: said['linkpath'] ?? target,
    mode,
    uid: has('uid', uid),
    gid: has('gid', gid),
    size: kind === 'file' || kind === 'other' ? has('size', size) : 0,
  }
}

/** GNU's old form of a sparse file goes on in further blocks. */
async function readSparseMap(reader: Reader, header: Buffer): Promise<readonly Buffer[]> {
  const blocks: Buffer[] = []
  for (let goesOn = header[482] === 1; goesOn;) {
    const block = await reader.exactly(blockSize)
    blocks.push(block)
    goesOn = block[504] === 1
  }
  return blocks
}
