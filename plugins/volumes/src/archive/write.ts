import { runDocker } from '@piko/plugin-compose/contract/engine'
import { createHash } from 'node:crypto'
import type { VolumesContext } from '../context.js'
import { preserveAll } from '../copy/by-tar.js'
import { makePipe, throwFirst } from '../copy/pump.js'
import { runInside, withHelper } from '../engine/helper.js'
import type { Meter } from '../output/meter.js'
import { end } from '../tar/entry.js'
import { fileEntry } from '../tar/header.js'
import { collectLinks } from '../tar/links.js'
import { readTar } from '../tar/read.js'
import { type Checksums, folderOf, type Manifest, names } from './manifest.js'
import { startSegment } from './segment.js'

export interface Writing {
  readonly manifest: Manifest
  /** Any image, to read volumes through the engine's archive API. */
  readonly image: string
  /** An image with GNU tar, if there is one. */
  readonly withTar: string | undefined
  readonly meter: Meter
  /** Called for each symbolic link that leads out of its volume. */
  onLink(name: string): void
  /** Called for each device, pipe, and program with the rights of another user. */
  onSpecial(name: string): void
}

/** The complete archive, uncompressed. */
export async function* writeArchive(
  context: VolumesContext,
  writing: Writing,
): AsyncGenerator<Uint8Array, void, undefined> {
  const text = Buffer.from(JSON.stringify(writing.manifest, undefined, 2))
  yield fileEntry(names.manifest, text)
  const volumes: Record<string, Checksums['volumes'][string]> = {}
  for (const volume of writing.manifest.volumes) {
    const segment = startSegment()
    const links = collectLinks(folderOf(volume.key))
    for await (const piece of readTar(readVolume(context, { ...writing, volume }))) {
      if (piece.kind === 'entry' && piece.entry.name === 'volumes/') continue
      if (piece.kind === 'entry') links.add(piece.entry)
      if (piece.kind === 'entry' && piece.entry.special !== undefined) writing.onSpecial(piece.entry.name)
      segment.add(piece)
      writing.meter.add(piece.raw.length)
      yield piece.raw
    }
    volumes[volume.key] = segment.end()
    for (const link of links.leaving()) writing.onLink(link)
  }
  const sums: Checksums = { manifest: sha256(text), volumes }
  yield fileEntry(names.checksums, Buffer.from(JSON.stringify(sums, undefined, 2)))
  yield end
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

type Reading = Pick<Writing, 'image' | 'withTar'> & { readonly volume: Manifest['volumes'][number] }

/** A volume as a tar archive of `volumes/KEY`. A failure of the tool is thrown at the end of the stream. */
async function* readVolume(
  context: VolumesContext,
  reading: Reading,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { volume, image, withTar } = reading
  const pipe = makePipe()
  const mounts = [{ volume: volume.name, path: `/${folderOf(volume.key)}`, readOnly: true }]
  const script = `exec tar -C / ${preserveAll} --format=posix --sparse -cf - "$1"`
  const work = withTar
    ? runInside(context, { image: withTar, mounts, script, words: [folderOf(volume.key)] }, { to: pipe })
    : withHelper(context, { image, mounts }, id =>
        runDocker(context, ['cp', `${id}:/volumes`, '-'], { to: pipe }),
      )
  const ended = Promise.allSettled([work]).then(results => {
    pipe.end() // a command that failed before its first byte has not ended the pipe
    return results
  })
  try {
    yield* pipe as AsyncIterable<Uint8Array>
  } finally {
    pipe.destroy()
    throwFirst(await ended)
  }
}
