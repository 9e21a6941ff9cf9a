import type { Detection, ProjectView } from '@piko/sdk'
import type { Config } from './config.js'

export async function detect(_: ProjectView, config: Config): Promise<Detection> {
  const names = Object.keys(config)
  if (names.length === 0) return { wanted: false, because: 'there is no `processes:` in .piko.yml' }
  return { wanted: true, because: `.piko.yml has processes: ${names.join(', ')}` }
}
