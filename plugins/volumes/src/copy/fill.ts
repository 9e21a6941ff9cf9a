import { modelFact } from '@piko/plugin-compose/contract'
import { fetchVolumes } from '@piko/plugin-compose/contract/engine'
import type { Choice } from '../choice/choice.js'
import { fetchSource, type Source } from '../choice/source.js'
import type { VolumesContext } from '../context.js'
import { removeHelpers } from '../engine/helper.js'
import { volumeErrors } from '../errors/volumes.js'
import { lostByArchive } from './by-archive.js'
import { type Copied, copyVolume } from './copy-volume.js'
import { emptyVolume, isEmpty } from './empty.js'
import { isIncomplete, noteFilled } from './filled.js'

/** Copies data into those of these volumes that are empty. Throws `VOLUMES_COPY_FAILED` if one cannot be copied. */
export async function fillVolumes(
  context: VolumesContext,
  { keys, choice }: { readonly keys: readonly string[]; readonly choice: Choice },
): Promise<readonly Copied[]> {
  await removeHelpers(context)
  const source = await fetchSource(context, choice.from ?? context.config.source)
  const copied: Copied[] = []
  for (const key of keys) {
    const done = await fillVolume(context, { key, source, choice })
    if (done) copied.push(done)
  }
  reportLost(context, copied)
  return copied
}

interface Filling {
  readonly key: string
  readonly source: Source
  readonly choice: Choice
}

async function fillVolume(context: VolumesContext, filling: Filling): Promise<Copied | undefined> {
  const { key, source, choice } = filling
  const volume = context.fact(modelFact)?.volumes[key]?.engineName
  if (volume === undefined) return undefined
  if (isIncomplete(context, volume)) await emptyVolume(context, volume)
  else if (!(await isEmpty(context, volume))) return undefined
  const from = source.nameOf(key)
  const [there] = from === undefined ? [] : await fetchVolumes(context, [from])
  if (!there) {
    context.say(`! The volume ${key} is empty: ${source.title} has no volume ${from ?? key}`)
    return undefined
  }
  noteFilled(context, { volume, state: 'copying' })
  try {
    const target = { key, volume, staged: false }
    const clear = () => emptyVolume(context, volume)
    const copied = await copyVolume(context, { source: there.name, target, verify: choice.verify, clear })
    noteFilled(context, { volume, state: 'copied' })
    return copied
  } catch (cause) {
    context.signal.throwIfAborted()
    const { name } = context.environment
    const hint = `To continue with an empty volume, run \`piko create ${name} --ignore-copy-errors\``
    const error = volumeErrors.VOLUMES_COPY_FAILED({ volume: key, source: there.name, hint, cause })
    if (!choice.tolerant) throw error
    await emptyVolume(context, volume)
    context.say(`! The volume ${key} is empty: ${error.details.details?.[0] ?? error.message}`)
    return undefined
  }
}

export function reportLost(context: VolumesContext, copied: readonly Copied[]): void {
  const lossy = copied.filter(({ how }) => how === 'archive').map(({ source }) => source)
  if (lossy.length === 0) return
  context.say(
    `! Copied by the engine's archive API, which does not keep ${lostByArchive}, since no image here has a GNU tar: ${lossy.join(', ')}`,
  )
}
