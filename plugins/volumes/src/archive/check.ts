import { type Changes, type Context, detailsOf, type Failure } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { archiveErrors } from '../errors/archive.js'
import type { Entry, Piece } from '../tar/entry.js'
import { strays } from '../tar/inside.js'
import { collectLinks, type Links } from '../tar/links.js'
import { readTar } from '../tar/read.js'
import { unpack } from './compress.js'
import { type Checksums, folderOf, type Manifest, names, parseChecksums, parseManifest } from './manifest.js'
import { type Segment, startSegment } from './segment.js'
import { sha256 } from './write.js'

export interface Checked {
  readonly manifest: Manifest
  readonly checksums: Checksums
  /** Symbolic links that lead out of their volume. */
  readonly links: readonly string[]
  /** Devices, pipes, and programs with the rights of another user. */
  readonly specials: readonly string[]
}

/**
 * Reads a backup from start to end. Throws if it is damaged, not a backup made by piko, or would write outside its
 * volumes. Otherwise every byte is verified.
 */
export async function checkArchive(
  context: Pick<Changes, 'exec'> & Pick<Context<unknown>, 'project'>,
  file: string,
): Promise<Checked> {
  if (!existsSync(file))
    throw archiveErrors.VOLUMES_FILE_MISSING({ file, folder: join(context.project.root, '.piko/backups') })
  const read = await unpack(context, file, bytes => readAll(bytes)).catch((cause: unknown) => {
    throw detailsOf(cause)?.code === 'RUN_INTERRUPTED' ? cause : damaged(file, cause)
  })
  if (read.kind === 'foreign') throw archiveErrors.VOLUMES_ARCHIVE_FOREIGN({ file, because: read.because })
  if (read.strays.length > 0) throw archiveErrors.VOLUMES_ARCHIVE_UNSAFE({ file, strays: read.strays })
  const { manifest, checksums, sums } = read
  if (!checksums) throw damaged(file, 'it ends without its checksums')
  if (checksums.manifest !== read.manifestSum || !isDeepStrictEqual(checksums.volumes, sums))
    throw damaged(file, 'its checksums are not those of its contents')
  return { manifest, checksums, links: read.links, specials: read.specials }
}

export function damaged(file: string, cause: unknown): Failure {
  return archiveErrors.VOLUMES_ARCHIVE_DAMAGED({ file, folder: dirname(resolve(file)), cause })
}

type Read =
  | { readonly kind: 'foreign'; readonly because: string }
  | {
      readonly kind: 'backup'
      readonly manifest: Manifest
      readonly manifestSum: string
      readonly checksums: Checksums | undefined
      readonly sums: Checksums['volumes']
      readonly strays: readonly string[]
      readonly links: readonly string[]
      readonly specials: readonly string[]
    }

/** The size limit of a small file in the archive. */
const maxTextSize = 1_000_000

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Read> {
  const pieces = readTar(bytes)
  const first = await readText(pieces).catch(() => undefined)
  if (first?.name !== names.manifest) return { kind: 'foreign', because: 'it has no manifest' }
  const manifest = await tryParse(() => parseManifest(first.text.toString('utf8')))
  if (!manifest) return { kind: 'foreign', because: 'its manifest is of another kind' }
  const segments = new Map<string, Segment>(manifest.volumes.map(({ key }) => [key, startSegment()]))
  const found = { strays: [] as string[], specials: [] as string[] }
  const links = new Map(manifest.volumes.map(({ key }) => [key, collectLinks(folderOf(key))]))
  let checksums: Checksums | undefined
  let segment: Segment | undefined
  for (let next: Piece | undefined = first.next; next; next = await take(pieces)) {
    if (next.kind === 'entry') {
      if (next.entry.name === names.checksums) {
        const last = await readText(pieces, next)
        checksums = last && (await tryParse(() => parseChecksums(last.text.toString('utf8'))))
        if (last?.next?.kind === 'entry') found.strays.push(`${last.next.entry.name} comes after the end`)
        break
      }
      const key = manifest.volumes.find(volume => isOf(next, volume.key))?.key
      segment = key === undefined ? undefined : segments.get(key)
      note(found, { entry: next.entry, key, links: key === undefined ? undefined : links.get(key) })
    }
    segment?.add(next)
  }
  const sums = Object.fromEntries([...segments].map(([key, each]) => [key, each.end()]))
  const leaving = [...links.values()].flatMap(each => each.leaving())
  return {
    kind: 'backup',
    manifest,
    manifestSum: sha256(first.text),
    checksums,
    sums,
    links: leaving,
    ...found,
  }
}

function isOf(piece: Piece, key: string): boolean {
  const folder = folderOf(key)
  return piece.kind === 'entry' && (piece.entry.name === folder || piece.entry.name.startsWith(`${folder}/`))
}

function note(
  found: { readonly strays: string[]; readonly specials: string[] },
  { entry, key, links }: Noted,
): void {
  const stray = key === undefined ? `${entry.name} is in no volume` : strays(entry, folderOf(key))
  const through =
    links?.above(entry.name) ?? (entry.kind === 'hard link' ? links?.above(entry.target) : undefined)
  if (stray !== undefined) found.strays.push(stray)
  else if (through !== undefined) found.strays.push(`${entry.name} is below the link ${through}`)
  if (entry.special !== undefined) found.specials.push(`${entry.name} is ${entry.special}`)
  links?.add(entry)
}

interface Noted {
  readonly entry: Entry
  readonly key: string | undefined
  readonly links: Links | undefined
}

type Pieces = AsyncGenerator<Piece, void, undefined>

async function take(pieces: Pieces): Promise<Piece | undefined> {
  const { value } = await pieces.next()
  return value ?? undefined
}

/** Reads a small file completely, and the piece after it. Undefined if the next entry is not a small file. */
async function readText(pieces: Pieces, begun?: Piece) {
  const entry = begun ?? (await take(pieces))
  if (entry?.kind !== 'entry' || entry.entry.size > maxTextSize) return undefined
  const parts: Buffer[] = []
  let next = await take(pieces)
  for (; next?.kind === 'body'; next = await take(pieces)) parts.push(next.content)
  return { name: entry.entry.name, text: Buffer.concat(parts), next }
}

async function tryParse<Value>(parse: () => Value): Promise<Value | undefined> {
  try {
    return parse()
  } catch {
    return undefined
  }
}
