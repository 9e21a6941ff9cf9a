import { fetchOwn, requireStopped, selectOwn } from '../choice/own.js'
import type { VolumesContext } from '../context.js'
import { finishSwaps } from '../swap/swap.js'
import { emptyVolume } from './empty.js'

export interface Cleaning {
  readonly words: readonly string[]
  /** Called before anything is removed. Throws to refuse. */
  confirm(what: readonly string[]): Promise<void>
}

/** Removes the data of an environment's own volumes. The volumes stay, and are never filled automatically again. */
export async function cleanVolumes(
  context: VolumesContext,
  { words, confirm }: Cleaning,
): Promise<readonly string[]> {
  await finishSwaps(context)
  const volumes = selectOwn(context, { own: await fetchOwn(context), words }).filter(({ isThere }) => isThere)
  await requireStopped(context, volumes)
  const names = volumes.map(({ volume }) => volume.engineName)
  if (names.length > 0) await confirm(names)
  for (const name of names) await emptyVolume(context, name)
  return volumes.map(({ key }) => key)
}
