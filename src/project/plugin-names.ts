import type { PluginName } from '@piko/sdk'
import { isMapping } from './kind.js'
import { nearestText } from './nearest.js'
import type { Path, Problem } from './problem.js'

/** An installed plugin. `plugins:` may call it by either name. */
export interface KnownPlugin {
  readonly name: PluginName
  readonly package: string
}

/** What `plugins:` says, by short names: the only ones wanted, or which are switched on and off. */
export type PluginChoice = readonly PluginName[] | Readonly<Record<PluginName, boolean>>

/** Names in `plugins:` that no installed plugin has, or that stand there twice (a short name and its package). */
export function pluginNameProblems(plugins: unknown, known: readonly KnownPlugin[]): readonly Problem[] {
  const named = namesIn(plugins)
  return named.flatMap(({ name, path }, index) => {
    const short = shortName(name, known)
    if (short === undefined) return [{ path, message: unknownText(name, known) }]
    const isFirst = named.findIndex(other => shortName(other.name, known) === short) === index
    return isFirst ? [] : [{ path, message: `the plugin \`${short}\` stands here twice` }]
  })
}

export function byShortName(plugins: PluginChoice, known: readonly KnownPlugin[]): PluginChoice {
  const short = (name: string) => shortName(name, known) ?? name
  if (isList(plugins)) return plugins.map(short)
  return Object.fromEntries(Object.entries(plugins).map(([name, isOn]) => [short(name), isOn]))
}

function namesIn(plugins: unknown): readonly { readonly name: string; readonly path: Path }[] {
  if (isMapping(plugins)) return Object.keys(plugins).map(name => ({ name, path: ['plugins', name] }))
  if (!Array.isArray(plugins)) return []
  return plugins.flatMap((name: unknown, index) =>
    typeof name === 'string' ? [{ name, path: ['plugins', index] }] : [],
  )
}

function shortName(name: string, known: readonly KnownPlugin[]): PluginName | undefined {
  return known.find(plugin => plugin.name === name || plugin.package === name)?.name
}

function unknownText(name: string, known: readonly KnownPlugin[]): string {
  const names = known.map(plugin => (name.includes('/') ? plugin.package : plugin.name))
  return `no plugin \`${name}\` is installed; ${nearestText(name, names)}`
}

function isList(plugins: PluginChoice): plugins is readonly PluginName[] {
  return Array.isArray(plugins)
}
