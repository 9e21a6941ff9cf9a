import { type Interfaces, Plugin } from '@oclif/core'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfigFile } from '../project/config-file.js'
import type { Candidate } from '../plugins/candidate.js'
import { findPlugins } from '../plugins/find.js'
import { isInUse } from '../plugins/in-use.js'
import { findRepository } from '../worktree/find-repository.js'
import { findRunning } from './running-plugin.js'

/**
 * Keeps the code of installed plugins from running outside of their own commands. oclif imports the commands of a
 * plugin without a manifest at each start, only to list them: without their manifest, piko lists their file names.
 */
export function listWithoutLoading(words: readonly string[], kind: typeof Plugin = Plugin): void {
  const load = Reflect.get(kind.prototype, '_manifest') as Load // private to oclif's class
  const listing: Load = async function (this: Plugin) {
    if (hasManifest(this.root)) return load.call(this)
    const ids = await commandIDsOf(this)
    const called = `${(words[0] === 'help' ? words.slice(1) : words).join(':')}:`
    if (ids.some(id => called.startsWith(`${id}:`))) return load.call(this)
    this.commandIDs = [...ids]
    return { version: this.version, commands: Object.fromEntries(ids.map(id => [id, entryOf(this, id)])) }
  }
  Reflect.set(kind.prototype, '_manifest', listing)
}

/** Removes the hooks of the plugins that neither the command nor the project uses. */
export async function silenceUnused(config: Interfaces.Config, words: readonly string[]): Promise<void> {
  const running = findRunning(config, words)
  const hooked = [...config.plugins.values()].filter(
    ({ type, name, hooks }) => type !== 'core' && name !== running && Object.keys(hooks).length > 0,
  )
  if (hooked.length === 0) return
  const uses = { config: await readNearestConfig(), made: new Set<string>(), running }
  const { candidates } = findPlugins(hooked)
  const isUsed = ({ name }: { readonly name: string }) =>
    candidates.some((found: Candidate) => found.packageName === name && isInUse(found, uses))
  for (const plugin of hooked) if (!isUsed(plugin)) plugin.hooks = {}
}

type Load = (this: Plugin) => Promise<Interfaces.Manifest>

function hasManifest(root: string): boolean {
  return ['oclif.manifest.json', '.oclif.manifest.json'].some(name => existsSync(join(root, name)))
}

/** Only if they are files: a list in a module could be read only by running it. */
async function commandIDsOf(plugin: Plugin): Promise<readonly string[]> {
  const discovery: unknown = Reflect.get(plugin, 'commandDiscoveryOpts')
  const isByFile =
    typeof discovery === 'object' && discovery !== null && Reflect.get(discovery, 'strategy') === 'pattern'
  const ids: unknown = isByFile ? await Reflect.apply(methodOf(plugin, 'getCommandIDs'), plugin, []) : []
  return Array.isArray(ids) ? ids.map(String) : []
}

function entryOf({ name, type }: Plugin, id: string) {
  return {
    id,
    pluginName: name,
    pluginType: type ?? 'user',
    aliases: [],
    hiddenAliases: [],
    hidden: false,
    args: {},
    flags: {},
  }
}

async function readNearestConfig(): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await readConfigFile((await findRepository(process.cwd())).mainCheckout)).value
  } catch {
    return {} // no repository, or a configuration that the command reports
  }
}

function methodOf(target: object, name: string): (...words: readonly unknown[]) => unknown {
  return Reflect.get(target, name) as never // private to oclif's class
}
