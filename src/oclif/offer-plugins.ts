import type { Interfaces } from '@oclif/core'
import { visibleText } from '@piko/sdk'
import type { AbsentPlugin } from '../project/check-config.js'
import { packageNameOf } from '../project/package-name.js'

/**
 * Offers to install the plugins that `.piko.yml` names but that are missing: `plugins install` shows what the registry
 * says about them and asks. Returns whether they were installed.
 */
export async function offerPlugins(
  config: Interfaces.Config,
  absent: readonly AbsentPlugin[],
): Promise<boolean> {
  if (absent.length === 0) return false
  const packages = absent.map(({ name }) => packageNameOf(name))
  process.stderr.write(
    `${visibleText(`.piko.yml names ${absent.map(({ name }) => name).join(', ')}, not installed:`)}\n`,
  )
  const answer = await config.runCommand<{ readonly installed: readonly object[] }>(
    'plugins:install',
    packages,
  )
  return (answer?.installed ?? []).length > 0 // no answer if it failed, which it has reported
}
