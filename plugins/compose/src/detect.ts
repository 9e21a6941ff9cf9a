import type { Detection, ProjectView } from '@piko/sdk'
import { join } from 'node:path'
import type { ComposeConfig } from './config.js'
import { defaultFiles } from './model/files.js'

/** Finds a Compose file in the main checkout, or one named by the configuration or `.env`. */
export async function detect(project: ProjectView, { dir, files }: ComposeConfig): Promise<Detection> {
  if (files) return { wanted: true, because: '.piko.yml names Compose files' }
  for (const name of defaultFiles) {
    if (await project.exists(join(dir, name))) return { wanted: true, because: `found ${join(dir, name)}` }
  }
  const dotenv = (await project.readText(join(dir, '.env'))) ?? ''
  if (/^\s*(export\s+)?COMPOSE_FILE\s*=\s*\S/m.test(dotenv))
    return { wanted: true, because: '.env sets COMPOSE_FILE' }
  return {
    wanted: false,
    because: `found none of ${defaultFiles.map(name => join(dir, name)).join(', ')}`,
    hint: 'To name a Compose file in another place, set `compose: { dir: … }` or `compose: { files: […] }` in .piko.yml',
  }
}
