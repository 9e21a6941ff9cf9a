import type { Interfaces } from '@oclif/core'
import { ask } from '../output/ask.js'
import type { AbsentPlugin } from '../project/check-config.js'
import { packageNameOf } from '../project/package-name.js'

/** Offers to install the plugins that `.piko.yml` names but that are missing. Returns whether they were installed. */
export async function offerPlugins(
  config: Interfaces.Config,
  absent: readonly AbsentPlugin[],
): Promise<boolean> {
  if (absent.length === 0) return false
  const packages = absent.map(({ name }) => packageNameOf(name))
  const question = `.piko.yml names ${absent.map(({ name }) => name).join(', ')}: install ${packages.join(', ')}?`
  if (!(await ask(question))) return false
  await config.runCommand('plugins:install', packages)
  return true
}
