import { fetchVolumes } from '@piko/plugin-compose/contract/engine'
import { fetchOwn, makeMissing, requireStopped, selectOwn } from '../choice/own.js'
import { fetchSource } from '../choice/source.js'
import type { VolumesContext } from '../context.js'
import { removeHelpers } from '../engine/helper.js'
import { volumeErrors } from '../errors/volumes.js'
import { resumeStale } from '../halt/halt.js'
import { closeStage, finishSwaps, openStage, requireShell, swap } from '../swap/swap.js'
import { type Copied, copyVolume } from './copy-volume.js'
import { isEmpty } from './empty.js'
import { reportLost } from './fill.js'

export interface Replacing {
  /** Keys of the volumes. Empty means all. */
  readonly words: readonly string[]
  /** `main` or an environment. Default: `volumes.source`. */
  readonly from: string | undefined
  readonly verify: boolean
  /** `--replace`: replace existing data. */
  readonly replace: boolean
}

/** Copies data into the volumes of an existing environment. Old data is kept until the new data is complete. */
export async function replaceVolumes(
  context: VolumesContext,
  replacing: Replacing,
): Promise<readonly Copied[]> {
  await resumeStale(context)
  await finishSwaps(context)
  const source = await fetchSource(context, replacing.from ?? context.config.source)
  const selected = selectOwn(context, { own: await fetchOwn(context), words: replacing.words })
  const named = selected.flatMap(own => {
    const from = source.nameOf(own.key)
    return from === undefined ? [] : [{ own, from }]
  })
  const there = await fetchVolumes(
    context,
    named.map(({ from }) => from),
  )
  const wanted = named.filter(({ from }) => there.some(other => other.name === from))
  for (const { key } of selected.filter(own => !wanted.some(each => each.own === own)))
    context.say(
      `! The volume ${key} was not changed: ${source.title} has no volume ${source.nameOf(key) ?? key}`,
    )
  const own = wanted.map(each => each.own)
  await requireStopped(context, own)
  await makeMissing(context, own)
  if (!replacing.replace)
    await requireEmpty(context, { replacing, volumes: own.map(({ volume }) => volume.engineName) })
  await removeHelpers(context)
  const copied: Copied[] = []
  for (const { own: target, from } of wanted) {
    const staged = { key: target.key, volume: target.volume.engineName }
    copied.push(await copyStaged(context, { staged, from, verify: replacing.verify }))
  }
  await swap(
    context,
    wanted.map(({ own: { key, volume } }) => ({ key, volume: volume.engineName })),
  )
  reportLost(context, copied)
  return copied
}

async function requireEmpty(
  context: VolumesContext,
  { volumes, replacing }: { readonly volumes: readonly string[]; readonly replacing: Replacing },
): Promise<void> {
  const full: string[] = []
  for (const volume of volumes) if (!(await isEmpty(context, volume))) full.push(volume)
  if (full.length === 0) return
  const { name } = context.environment
  const from = replacing.from === undefined ? [] : ['--from-env', replacing.from]
  const command = ['piko volumes copy', name, ...replacing.words, ...from, '--replace'].join(' ')
  throw volumeErrors.VOLUMES_NOT_EMPTY({ environment: name, volumes: full, command })
}

interface Staging {
  readonly staged: { readonly key: string; readonly volume: string }
  readonly from: string
  readonly verify: boolean
}

async function copyStaged(context: VolumesContext, { staged, from, verify }: Staging): Promise<Copied> {
  await requireShell(context, [staged.volume])
  const clear = () => openStage(context, staged)
  await clear()
  try {
    return await copyVolume(context, { source: from, target: { ...staged, staged: true }, verify, clear })
  } catch (cause) {
    context.signal.throwIfAborted()
    await closeStage(context, staged)
    throw volumeErrors.VOLUMES_COPY_FAILED({ volume: staged.key, source: from, cause })
  }
}
