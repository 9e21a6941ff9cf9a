import type { Interfaces } from '@oclif/core'
import { readOwnPackages } from './own-packages.js'
import { loadConfig } from './own-plugins.js'
import type { InstalledPackage } from '../plugins/candidate.js'

/** Runs one of oclif's plugin commands that piko overrides. */
export async function runPluginManager(
  config: Interfaces.Config,
  command: 'plugins:install' | 'plugins:link',
  words: readonly string[],
): Promise<void> {
  const manager = config.plugins.get('@oclif/plugin-plugins')
  const found = await manager?.findCommand(command, { must: true })
  await found?.run([...words], config)
}

/** The packages that piko consists of. A plugin with such a name would be loaded in their place. */
export function bundledPackages({ pjson, name }: Interfaces.Config): readonly string[] {
  return [name, ...Object.keys(pjson.dependencies ?? {}), ...readOwnPackages().map(own => own.pjson.name)]
}

/** Reads again which packages are installed. */
export async function installedNow(): Promise<readonly InstalledPackage[]> {
  return [...(await loadConfig()).plugins.values()]
}
