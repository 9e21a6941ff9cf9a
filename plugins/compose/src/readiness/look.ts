import type { Looking } from '../docker.js'
import { askTime } from '../engine/api.js'
import { type Container, fetchOwnContainers } from '../engine/containers.js'
import { ownerOf } from '../labels.js'
import { firstSeen, type History, seenAgain } from './history.js'
import type { Watched } from './judge.js'
import type { SiteLook } from '../site.js'

type Context = Looking & Pick<SiteLook, 'environment' | 'project'>

/** Observes the containers of some services. Returns them with their histories from all looks so far. */
export type Look = () => Promise<readonly Watched[]>

interface Beginning {
  readonly services: readonly string[]
  readonly before: readonly Container[]
  readonly readyAfter: number
}

/** Begins with the containers that are left from an earlier run. */
export async function beginToLook(
  context: Context,
  { services, before, readyAfter }: Beginning,
): Promise<Look> {
  // Includes containers that one look misses: an engine under load may omit one between two states.
  const histories = new Map<string, History>()
  const compare = (containers: readonly Container[], engineNow?: number) => {
    const now = performance.now()
    const watched = containers
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
  compare(before, await askTime(context))
  return async () => compare(await fetchOwnContainers(context, ownerOf(context)))
}
