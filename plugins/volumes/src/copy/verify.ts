import { runDocker } from '@piko/plugin-compose/contract/engine'
import { createHash } from 'node:crypto'
import type { PassThrough } from 'node:stream'
import type { VolumesContext } from '../context.js'
import { withHelper } from '../engine/helper.js'
import { volumeErrors } from '../errors/volumes.js'
import type { Entry } from '../tar/entry.js'
import { readTar } from '../tar/read.js'
import { makePipe, throwFirst } from './pump.js'
import { placeOf, type Target } from '../swap/target.js'

/**
 * Compares a copy with its source through the engine's archive API, whichever method made it: names, kinds, owners,
 * modes, links and checksums of contents. Throws `VOLUMES_DIFFER`.
 */
export async function verifyCopy(
  context: VolumesContext,
  { image, source, target }: { readonly image: string; readonly source: string; readonly target: Target },
): Promise<void> {
  const from = `/from/${target.key}`
  const { mount, root } = placeOf(target)
  const mounts = [
    { volume: source, path: from, readOnly: true },
    { ...mount, readOnly: true },
  ]
  await withHelper(context, { image, mounts }, async id => {
    context.progress(`comparing ${source} with its copy`)
    const was = await fetchSums(context, `${id}:${from}`)
    const is = await fetchSums(context, `${id}:${root}`)
    const differences = [...new Set([...was.keys(), ...is.keys()])].flatMap(name => {
      const [wanted, found] = [was.get(name), is.get(name)]
      if (wanted === found) return []
      return [found === undefined ? `${name} is missing` : wanted === undefined ? `${name} is new` : name]
    })
    if (differences.length > 0)
      throw volumeErrors.VOLUMES_DIFFER({ source, volume: target.volume, differences })
  })
}

/** A fingerprint of each entry in a container's folder, by name. */
async function fetchSums(context: VolumesContext, place: string): Promise<ReadonlyMap<string, string>> {
  const pipe = makePipe()
  const sums = new Map<string, string>()
  const ended = await Promise.allSettled([
    sumUp(pipe, sums).catch((error: unknown) => {
      pipe.destroy()
      throw error
    }),
    runDocker(context, ['cp', place, '-'], { to: pipe }),
  ])
  throwFirst(ended)
  return sums
}

async function sumUp(pipe: PassThrough, sums: Map<string, string>): Promise<void> {
  let now: { readonly entry: Entry; readonly hash: ReturnType<typeof createHash> } | undefined
  const close = () => {
    if (!now) return
    const { kind, mode, uid, gid, target, name } = now.entry
    sums.set(name, [kind, mode, uid, gid, target, now.hash.digest('hex')].join(' '))
  }
  for await (const piece of readTar(pipe)) {
    if (piece.kind === 'body') now?.hash.update(piece.content)
    else {
      close()
      now = { entry: piece.entry, hash: createHash('sha256') }
    }
  }
  close()
}
