import { modelFact } from '@piko/plugin-compose/contract'
import { createVolume, ownerOf, removeVolumes, runDocker } from '@piko/plugin-compose/contract/engine'
import type { VolumesContext } from '../context.js'
import { runInside, withHelper } from '../engine/helper.js'
import { fetchImages, findImage } from '../engine/images.js'
import { readTar } from '../tar/read.js'
import { makePipe } from './pump.js'

/** Whether a volume is empty, apart from what a new file system contains. */
export async function isEmpty(context: VolumesContext, volume: string): Promise<boolean> {
  const [image] = await fetchImages(context, [volume])
  return withHelper(context, { image, mounts: [{ volume, path: '/looked', readOnly: true }] }, async id => {
    const pipe = makePipe()
    const copying = runDocker(context, ['cp', `${id}:/looked`, '-'], { to: pipe })
    try {
      for await (const piece of readTar(pipe)) {
        if (piece.kind === 'entry' && !/^looked\/(lost\+found\/)?$/.test(piece.entry.name)) return false
      }
      await copying
      return true
    } finally {
      pipe.destroy()
      await copying.catch(() => undefined) // stopped on purpose once one entry is found
    }
  })
}

const script = `cd "$1" || exit 1
for name in * .[!.]* ..?*; do
  if [ -e "$name" ] || [ -L "$name" ]; then rm -rf -- "$name" || exit 1; fi
done`

/** Removes all data from a volume. */
export async function emptyVolume(context: VolumesContext, volume: string): Promise<void> {
  const image = await findImage(context, await fetchImages(context, [volume]), 'shell')
  if (image === undefined) return remakeVolume(context, volume)
  const mounts = [{ volume, path: '/emptied' }]
  await runInside(context, { image, mounts, script, words: ['/emptied'] })
}

/** The way if no image has a shell. */
async function remakeVolume(context: VolumesContext, name: string): Promise<void> {
  const volumes = Object.values(context.fact(modelFact)?.volumes ?? {})
  const made = volumes.find(({ engineName }) => engineName === name)
  await removeVolumes(context, [name])
  if (made) await createVolume(context, made, ownerOf(context))
}
