import { blockSize, type Entry, paddedSize } from './entry.js'

/** Reads and writes the 512-byte header of an entry: ustar, with GNU's base-256 numbers. */

export interface Header extends Entry {
  /** The type flag. */
  readonly type: string
}

/** Throws if the checksum is wrong: the archive is damaged or not a tar archive. */
export function parseHeader(block: Buffer): Header {
  const expected = number(block.subarray(148, 156))
  if (expected !== sumOf(block)) throw new Error('a header of the archive is damaged')
  const prefix = block.subarray(257, 262).toString('latin1') === 'ustar' ? text(block.subarray(345, 500)) : ''
  // GNU's magic is `ustar  `; its headers use the prefix field for other data.
  const isPosix = block.subarray(257, 263).toString('latin1') === 'ustar\0'
  const name = text(block.subarray(0, 100))
  const type = String.fromCharCode(block[156] ?? 0).replace('\0', '0')
  return {
    name: isPosix && prefix !== '' ? `${prefix}/${name}` : name,
    kind: kinds[type] ?? 'other',
    special: specialOf(type, number(block.subarray(100, 108))),
    type,
    target: text(block.subarray(157, 257)),
    mode: number(block.subarray(100, 108)),
    uid: number(block.subarray(108, 116)),
    gid: number(block.subarray(116, 124)),
    size: number(block.subarray(124, 136)),
  }
}

const kinds: Readonly<Record<string, Entry['kind']>> = {
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hard link',
  '2': 'symbolic link',
  '5': 'folder',
}

const specials: Readonly<Record<string, string>> = {
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a named pipe',
}

/** On folders, setgid only passes their group on. */
function specialOf(type: string, mode: number): string | undefined {
  if (kinds[type] === undefined) return specials[type] ?? 'of an unknown kind'
  if (kinds[type] !== 'file') return undefined
  return mode & 0o4000 ? 'setuid' : mode & 0o2000 ? 'setgid' : undefined
}

/** A complete small file: header and padded content. */
export function fileEntry(name: string, content: Buffer): Buffer {
  const padding = Buffer.alloc(paddedSize(content.length) - content.length)
  const header = headerOf({ name, type: '0', mode: 0o600, uid: 0, gid: 0, size: content.length })
  return Buffer.concat([header, content, padding])
}

export function folderEntry(name: string, owner: Pick<Entry, 'mode' | 'uid' | 'gid'>): Buffer {
  return headerOf({ ...owner, name, type: '5', size: 0 })
}

function headerOf(header: Omit<Header, 'kind' | 'target' | 'special'>): Buffer {
  const block = Buffer.alloc(blockSize)
  const octal = (value: number, at: number, digits: number) =>
    block.write(value.toString(8).padStart(digits, '0'), at, 'latin1')
  block.write(header.name, 0, 100, 'utf8')
  octal(header.mode, 100, 7)
  octal(header.uid, 108, 7)
  octal(header.gid, 116, 7)
  octal(header.size, 124, 11)
  octal(Math.floor(Date.now() / 1000), 136, 11)
  block.write(header.type, 156, 'latin1')
  block.write('ustar\u000000', 257, 'latin1')
  octal(sumOf(block), 148, 6)
  block[154] = 0
  block[155] = 0x20
  return block
}

/** The checksum field itself counts as spaces. */
function sumOf(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)
}

function text(bytes: Buffer): string {
  const nul = bytes.indexOf(0)
  return bytes.subarray(0, nul < 0 ? bytes.length : nul).toString('utf8')
}

function number(bytes: Buffer): number {
  const first = bytes[0] ?? 0
  if (first < 0x80) return Number.parseInt(text(bytes).trim() || '0', 8)
  return bytes.subarray(1).reduce((value, byte) => value * 256 + byte, first & 0x7f)
}
