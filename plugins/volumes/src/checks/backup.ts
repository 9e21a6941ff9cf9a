import type { Check } from '@piko/sdk'
import { fetchOwnVolumes, ownerOf } from '@piko/plugin-compose/contract/engine'
import type { VolumesConfig } from '../config.js'
import { volumeErrors } from '../errors/volumes.js'
import { copy } from '../steps/copy.js'

/** `destroy --backup` runs in the undo of a step, which environments older than this plugin lack. */
export const backup: Check<VolumesConfig> = {
  id: 'volumes:backup',
  title: 'Backups before destroy',
  gate: 'data',
  async run(context) {
    const { subject, verb, flags, project } = context
    const isAsked = subject.kind === 'environment' && verb === 'destroy' && flags['backup'] === true
    if (!isAsked || context.receipt(copy) !== undefined) return { ok: true, says: 'possible' }
    const owner = ownerOf({ project, environment: subject })
    const own = await fetchOwnVolumes(context, owner)
    return own.length === 0
      ? { ok: true }
      : { ok: false, problem: volumeErrors.VOLUMES_NO_BACKUP({ environment: subject.name }).details }
  },
}
