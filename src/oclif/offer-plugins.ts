import type { Interfaces } from '@oclif/core'
import { ask } from '../output/ask.js'
import type { AbsentPlugin } from '../project/check-config.js'
import { packageNameOf } from '../project/package-name.js'

/** Asks whether to install what `.piko.yml` names and what is not here; answers whether it is now. */
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
