import type * as OclifCore from '@oclif/core'
import type { Interfaces } from '@oclif/core'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readOwnPackages } from './own-packages.js'
import { loadConfig } from './own-plugins.js'
import { listWithoutLoading } from './quiet-plugins.js'
import type { InstalledPackage } from '../plugins/candidate.js'

/** Runs one of oclif's plugin commands that piko overrides. */
export async function runPluginManager(
  config: Interfaces.Config,
  command: 'plugins:install' | 'plugins:link',
  words: readonly string[],
): Promise<void> {
  const manager = config.plugins.get('@oclif/plugin-plugins')
  if (manager) listWithoutLoading([], coreOf(manager.root).Plugin)
  const found = await manager?.findCommand(command, { must: true })
  await found?.run([...words], config)
}

/** The plugin manager is not in the bundle, so it has a copy of oclif's core of its own. */
function coreOf(root: string): typeof OclifCore {
  return createRequire(join(root, 'package.json'))('@oclif/core') as typeof OclifCore
}

/** The packages that piko consists of. A plugin with such a name would be loaded in their place. */
export function bundledPackages({ pjson, name }: Interfaces.Config): readonly string[] {
  return [name, ...Object.keys(pjson.dependencies ?? {}), ...readOwnPackages().map(own => own.pjson.name)]
}

/** Reads again which packages are installed. */
export async function installedNow(): Promise<readonly InstalledPackage[]> {
  return [...(await loadConfig()).plugins.values()]
}
