import { modelFact } from '@piko/plugin-compose/contract'
import { createVolume, fetchVolumes } from '@piko/plugin-compose/contract/engine'
import type { VolumesContext } from '../context.js'
import { sharedFact } from '../contract.js'

type Looking = Pick<VolumesContext, 'fact' | 'look' | 'dial' | 'signal'>

/** Keys of shared volumes that do not exist on the engine yet. */
export async function missingShared(context: Looking): Promise<readonly string[]> {
  const shared = Object.entries(context.fact(sharedFact) ?? {})
  if (shared.length === 0) return []
  const found = await fetchVolumes(
    context,
    shared.map(([, { name }]) => name),
  )
  return shared.flatMap(([key, { name }]) => (found.some(other => other.name === name) ? [] : [key]))
}

/**
 * Creates shared volumes as Compose would in the main checkout. They belong to it, so no environment ever removes them.
 */
export async function makeShared(context: VolumesContext): Promise<void> {
  for (const key of await missingShared(context)) {
    const shared = context.fact(sharedFact)?.[key]
    const volume = context.fact(modelFact)?.volumes[key]
    if (!shared) continue
    const labels = {
      ...volume?.labels,
      'com.docker.compose.project': shared.project,
      'com.docker.compose.volume': key,
    }
    await createVolume(context, { options: {}, ...volume, labels, engineName: shared.name })
  }
}
