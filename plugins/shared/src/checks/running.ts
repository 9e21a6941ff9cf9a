import type { Check } from '@piko/sdk'
import type { SharedConfig } from '../config.js'
import { fetchShared, isUp, onSharedEngine } from '../engine.js'
import { sharedErrors } from '../errors/shared.js'
import { readServed } from '../records.js'

/** For `piko doctor`: checks that shared services are running. */
export const running: Check<SharedConfig> = {
  id: 'shared:running',
  title: 'Shared services run',
  async run(context) {
    const served = readServed(context)
    if (served.length === 0) return { ok: true, says: 'none in use' }
    const containers = await fetchShared(await onSharedEngine(context))
    const up = new Set(containers.filter(isUp).map(({ service }) => service))
    const down = served.filter(service => !up.has(service))
    return down.length === 0
      ? { ok: true, says: served.join(', ') }
      : { ok: false, problem: sharedErrors.SHARED_SERVICES_DOWN({ services: down }).details }
  },
}
