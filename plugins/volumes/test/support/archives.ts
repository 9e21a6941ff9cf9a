import { createHash } from 'node:crypto'
import { fileEntry } from '#volumes/tar/header.js'
import type { VolumesWorld } from './world.js'

/** An archive with these entries, as piko would write it. */
export function signed(world: VolumesWorld, ...entries: readonly Buffer[]): Buffer {
  const entry = Buffer.concat(entries)
  const volumes = ['files', 'data'].map(key => ({ key, name: world.own(key), how: 'archive' }))
  const manifest = Buffer.from(
    JSON.stringify({
      version: 1,
      project: world.compose.project,
      environment: 'feature',
      branch: 'feature',
      created: '2026-01-02T03:04:05Z',
      volumes: entry.includes('volumes/data') ? volumes : volumes.slice(0, 1),
    }),
  )
  const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const files = { sha256: sum(entry), entries: entries.length, bytes: entry.length }
  const nothing = { sha256: sum(Buffer.alloc(0)), entries: 0, bytes: 0 }
  const data = entry.includes('volumes/data') ? { data: nothing } : {}
  const sums = Buffer.from(JSON.stringify({ manifest: sum(manifest), volumes: { files, ...data } }))
  const parts = [fileEntry('piko-backup.json', manifest), entry, fileEntry('piko-checksums.json', sums)]
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

/** The header of a link: an empty file's with another type, a target and a new checksum. */
export function linkEntry(
  name: string,
  { type, target }: { readonly type: '1' | '2'; readonly target: string },
): Buffer {
  return headerEntry(name, { type, target })
}

interface HeaderFields {
  readonly type: string
  readonly target?: string
  readonly mode?: number
  readonly size?: number
}

/** The header of an entry, by default empty. */
export function headerEntry(name: string, { type, target = '', mode, size }: HeaderFields): Buffer {
  const block = fileEntry(name, Buffer.alloc(0))
  block.write(type, 156, 'latin1')
  block.write(target, 157, 100, 'utf8')
  if (mode !== undefined) block.write(mode.toString(8).padStart(7, '0'), 100, 'latin1')
  if (size !== undefined) block.write(size.toString(8).padStart(11, '0'), 124, 'latin1')
  block.fill(' ', 148, 156)
  const sum = block.reduce((all, byte) => all + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}
