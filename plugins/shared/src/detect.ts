import type { Detection, ProjectView } from '@piko/sdk'
import type { SharedConfig } from './config.js'
import { marksPath } from './marks.js'

/** Active if something is shared, or was: an environment may still use it. */
export async function detect(project: ProjectView, { services }: SharedConfig): Promise<Detection> {
  const [first] = Object.keys(services)
  if (first !== undefined) return { wanted: true, because: `shared.services names ${first}` }
  if (await project.exists(marksPath)) return { wanted: true, because: '`piko share` was used here' }
  return { wanted: false, because: 'nothing is shared', hint: 'To share a service, run `piko share SERVICE`' }
}
