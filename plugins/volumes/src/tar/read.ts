import { blockSize, type Entry, paddedSize, type Piece } from './entry.js'
import { type Header, parseHeader } from './header.js'
import { makeReader, type Reader } from './reader.js'

/**
 * Streams a tar archive in ustar, pax or GNU format, as written by tar, docker and Postgres. Throws if it is damaged or
 * truncated. Also drains what follows the end of the archive.
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

/** The next entry with the extra headers before it. Undefined at the end of the archive. */
async function readEntry(
  reader: Reader,
): Promise<{ readonly entry: Entry; readonly raw: Buffer } | undefined> {
  const raws: Buffer[] = []
  let extras: Readonly<Record<string, string>> = {}
  for (;;) {
    const block = await reader.exactly(blockSize)
    if (block.every(byte => byte === 0)) {
      if (raws.length > 0) throw new Error('the archive ends within an entry')
      return undefined
    }
    raws.push(block)
    const header = parseHeader(block)
    if (!extraTypes.has(header.type)) {
      if (header.type === 'S') raws.push(...(await readSparseMap(reader, block)))
      return { entry: withExtras(header, extras), raw: Buffer.concat(raws) }
    }
    if (header.size > maxExtraSize) throw new Error('a header of the archive is too long')
    const body = await reader.exactly(paddedSize(header.size))
    raws.push(body)
    extras = { ...extras, ...readExtra(header, body.subarray(0, header.size)) }
  }
}

/** GNU's long names, and pax records. */
const extraTypes = new Set(['L', 'K', 'x', 'g'])
const maxExtraSize = 16_000_000

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

/** Set like setuid, but as an extended attribute. */
const capabilityKey = 'SCHILY.xattr.security.capability'

function withExtras(header: Header, extras: Readonly<Record<string, string>>): Entry {
  const { name, kind, target, special, mode, uid, gid, size } = header
  const has = (key: string, value: number) => (extras[key] === undefined ? value : Number(extras[key]))
  const real = extras['GNU.sparse.name'] ?? extras['path'] ?? name
  return {
    name: real,
    kind: kind === 'file' && real.endsWith('/') ? 'folder' : kind,
    target: extras['linkpath'] ?? target,
    special: special ?? (capabilityKey in extras ? 'a program with capabilities' : undefined),
    mode,
    uid: has('uid', uid),
    gid: has('gid', gid),
    size: kind === 'file' || kind === 'other' ? has('size', size) : 0,
  }
}

/** GNU's old sparse format continues in further blocks. */
async function readSparseMap(reader: Reader, header: Buffer): Promise<readonly Buffer[]> {
  const blocks: Buffer[] = []
  for (let continues = header[482] === 1; continues;) {
    const block = await reader.exactly(blockSize)
    blocks.push(block)
    continues = block[504] === 1
  }
  return blocks
}
