import { Config, type Interfaces, Plugin } from '@oclif/core'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BUNDLE, type OwnPackage, readOwnPackages } from './own-packages.js'

const folder = fileURLToPath(new URL('.', BUNDLE)).replace(/\/$/, '')

/** oclif's configuration with piko's own plugins, which are in the bundle instead of `node_modules`. */
export async function loadConfig(): Promise<Interfaces.Config> {
  const config = new PikoConfig({ root: dirname(folder) })
  await config.load()
  return config
}

class PikoConfig extends Config {
  /** A package that the user has installed replaces one of piko's own with the same name. */
  override async loadPluginsAndCommands(...options: Parameters<Config['loadPluginsAndCommands']>) {
    await super.loadPluginsAndCommands(...options)
    const own = readOwnPackages().filter(({ pjson }) => !this.plugins.has(pjson.name))
    for (const plugin of await Promise.all(own.map(loadPlugin))) {
      this.plugins.set(plugin.name, plugin)
      for (const load of ['loadCommands', 'loadTopics']) Reflect.apply(methodOf(this, load), this, [plugin])
    }
  }
}

/** A plugin without a folder: its package.json and manifest come from the bundle. */
async function loadPlugin({ pjson, manifest }: OwnPackage): Promise<Plugin> {
  const plugin = new Plugin({ isRoot: true, name: pjson.name, pjson, root: folder, type: 'core' })
  Reflect.set(plugin, '_manifest', () => Promise.resolve(manifest))
  await plugin.load()
  plugin.hasManifest = true
  plugin.commandIDs = Object.keys(manifest.commands)
  return plugin
}

function methodOf(target: object, name: string): (...words: readonly unknown[]) => unknown {
  return Reflect.get(target, name) as never // private to oclif's class
}
