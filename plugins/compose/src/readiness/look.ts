import type { Looking } from '../docker.js'
import { askTime } from '../engine/api.js'
import { fetchOwnContainers } from '../engine/containers.js'
import { ownerOf } from '../labels.js'
import { firstSeen, type History, seenAgain } from './history.js'
import type { Watched } from './judge.js'
import type { SiteLook } from '../site.js'

type Context = Looking & Pick<SiteLook, 'environment' | 'project'>

/** Observes the containers of some services. Returns them with their histories from all looks so far. */
export type Look = () => Promise<readonly Watched[]>

/** Takes the first look: containers that exist now are left from an earlier run. */
export async function beginToLook(
  context: Context,
  { services, readyAfter }: { readonly services: readonly string[]; readonly readyAfter: number },
): Promise<Look> {
  // Includes containers that one look misses: an engine under load may omit one between two states.
  const histories = new Map<string, History>()
  const look = async (engineNow?: number) => {
    const all = await fetchOwnContainers(context, ownerOf(context))
    const now = performance.now()
    const watched = all
      .filter(({ service, isOneOff }) => !isOneOff && services.includes(service))
      .map(container => {
        const before = histories.get(container.id)
        const history = before
          ? seenAgain(before, container, { now, readyAfter })
          : firstSeen(container, { now, engineNow })
        return { container, history }
      })
    for (const { container, history } of watched) histories.set(container.id, history)
    return watched
  }
  await look(await askTime(context))
  return () => look()
}
