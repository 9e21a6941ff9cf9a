import type { PluginName } from '@piko/sdk'
import { isMapping } from './kind.js'
import { findNearest } from './nearest.js'
import { shortName } from './package-name.js'
import type { Path, Problem } from './problem.js'

/** An installed plugin. `plugins:` may use either name. */
export interface KnownPlugin {
  readonly name: PluginName
  readonly package: string
}

/**
 * The value of `plugins:` with short names: a list of the only plugins to use, or a map that turns plugins on and off.
 */
export type PluginChoice = readonly PluginName[] | Readonly<Record<PluginName, boolean | 'required'>>

/** A name in `plugins:` and its position. */
export interface NamedPlugin {
  readonly name: string
  readonly path: Path
}

/** Names in `plugins:` that are mistyped or occur twice (by short name and by package). */
export function pluginNameProblems(plugins: unknown, known: readonly KnownPlugin[]): readonly Problem[] {
  const named = namesIn(plugins)
  return named.flatMap(({ name, path }, index) => {
    const plugin = findKnown(name, known)
    if (plugin === undefined) return mistyped({ name, path }, known)
    const isFirst = named.findIndex(other => findKnown(other.name, known) === plugin) === index
    return isFirst ? [] : [{ path, message: `the plugin \`${plugin.name}\` occurs twice` }]
  })
}

/** Plugins in `plugins:` that must be installed first. The file is valid, but this machine lacks them. */
export function absentPlugins(plugins: unknown, known: readonly KnownPlugin[]): readonly NamedPlugin[] {
  return namesIn(plugins).filter(({ name }) => {
    const isOff = isMapping(plugins) && plugins[name] === false
    return !isOff && findKnown(name, known) === undefined && findMeant(name, known) === undefined
  })
}

export function byShortName(plugins: PluginChoice, known: readonly KnownPlugin[]): PluginChoice {
  const short = (name: string) => findKnown(name, known)?.name ?? name
  if (isList(plugins)) return plugins.map(short)
  return Object.fromEntries(Object.entries(plugins).map(([name, isOn]) => [short(name), isOn]))
}

function namesIn(plugins: unknown): readonly NamedPlugin[] {
  if (isMapping(plugins)) return Object.keys(plugins).map(name => ({ name, path: ['plugins', name] }))
  if (!Array.isArray(plugins)) return []
  return plugins.flatMap((name: unknown, index) =>
    typeof name === 'string' ? [{ name, path: ['plugins', index] }] : [],
  )
}

function findKnown(name: string, known: readonly KnownPlugin[]): KnownPlugin | undefined {
  return known.find(plugin => plugin.name === name || plugin.package === name)
}

/** Compares short names, since the common prefix (`@piko/plugin-`) does not tell which one was meant. */
function findMeant(name: string, known: readonly KnownPlugin[]): KnownPlugin | undefined {
  const nearest = findNearest(
    shortName(name),
    known.map(plugin => plugin.name),
  )
  return known.find(plugin => plugin.name === nearest)
}

function mistyped({ name, path }: NamedPlugin, known: readonly KnownPlugin[]): readonly Problem[] {
  const meant = findMeant(name, known)
  if (meant === undefined) return []
  const nearest = name.includes('/') ? meant.package : meant.name
  return [{ path, message: `no plugin \`${name}\` is installed; the nearest is \`${nearest}\`` }]
}

function isList(plugins: PluginChoice): plugins is readonly PluginName[] {
  return Array.isArray(plugins)
}
