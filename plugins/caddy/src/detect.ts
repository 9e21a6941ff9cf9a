import type { Detection, ProjectView } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { composeFile } from './proxy/place.js'

/**
 * Active if the proxy was started on this machine before, or if `.piko.yml` has a section for it. Otherwise `create`
 * must not pull an image or take a port. A variable disables it for all projects.
 */
export async function detect(project: ProjectView): Promise<Detection> {
  if (process.env['PIKO_NO_PROXY']) return { wanted: false, because: 'PIKO_NO_PROXY is set' }
  const text = (await project.readText('.piko.yml')) ?? ''
  if (/^caddy\s*:/m.test(text)) return { wanted: true, because: '.piko.yml has a section caddy' }
  if (existsSync(composeFile())) return { wanted: true, because: 'this machine has a proxy' }
  return { wanted: false, because: 'this machine has no proxy; `piko proxy start` starts one' }
}
