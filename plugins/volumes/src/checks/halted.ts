import type { Check } from '@piko/sdk'
import type { VolumesConfig } from '../config.js'
import { volumeErrors } from '../errors/volumes.js'
import { readStale } from '../halt/rows.js'

/** Checks for containers still paused by a killed copy. The next copy, `up` or `down` resumes them. */
export const halted: Check<VolumesConfig> = {
  id: 'volumes:halted',
  title: 'Containers that were paused for a copy',
  async run(context) {
    const stale = readStale(context)
    return stale.length === 0
      ? { ok: true, says: 'none' }
      : { ok: false, problem: volumeErrors.VOLUMES_HALTED({ halted: stale }).details }
  },
}
