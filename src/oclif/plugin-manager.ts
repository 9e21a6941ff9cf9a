import type { Interfaces } from '@oclif/core'
import { readOwnPackages } from './own-packages.js'
import { loadConfig } from './own-plugins.js'
import type { InstalledPackage } from '../plugins/candidate.js'

/** Runs a command of oclif's plugin manager that one of piko's own stands before. */
export async function runPluginManager(
  config: Interfaces.Config,
  command: 'plugins:install' | 'plugins:link',
  words: readonly string[],
): Promise<void> {
  const manager = config.plugins.get('@oclif/plugin-plugins')
  const found = await manager?.findCommand(command, { must: true })
  await found?.run([...words], config)
}

/** The packages that piko is made of: one of such a name would be loaded instead. */
export function bundledPackages({ pjson, name }: Interfaces.Config): readonly string[] {
  return [name, ...Object.keys(pjson.dependencies ?? {}), ...readOwnPackages().map(own => own.pjson.name)]
}

/** What is installed by now, read anew. */
export async function installedNow(): Promise<readonly InstalledPackage[]> {
  return [...(await loadConfig()).plugins.values()]
}
