import type { FlagDefinition, FlagValue, LifecycleCommand } from '@piko/sdk'
import type { Candidate } from './candidate.js'

/** A flag that a plugin adds to a core command. */
export interface PluginFlag {
  readonly plugin: string
  readonly name: string
  readonly definition: FlagDefinition
}

/** The flags that installed plugins add to a command. Their names are unique. */
export function pluginFlags(
  candidates: readonly Candidate[],
  command: LifecycleCommand,
): readonly PluginFlag[] {
  return candidates.flatMap(({ name: plugin, manifest }) =>
    Object.entries(manifest.flags?.[command] ?? {}).map(([name, definition]) => ({
      plugin,
      name,
      definition,
    })),
  )
}

/** The given flag values, by plugin. */
export function flagsByPlugin(
  flags: readonly PluginFlag[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Readonly<Record<string, FlagValue>>>> {
  const byPlugin: Record<string, Record<string, FlagValue>> = {}
  for (const { plugin, name } of flags) {
    const value = values[name] as FlagValue // parsed by oclif according to its definition
    if (value !== undefined) (byPlugin[plugin] ??= {})[name] = value
  }
  return byPlugin
}

/** The run that a given flag starts, if any. */
export function runOfFlags(
  flags: readonly PluginFlag[],
  values: Readonly<Record<string, unknown>>,
): PluginFlag['definition']['run'] {
  return flags.find(({ name, definition }) => definition.run !== undefined && values[name] === true)
    ?.definition.run
}

/** The same values for every plugin: a plugin's command does not know which plugins own the flags that it passes on. */
export function flagsForAll(
  plugins: readonly { readonly name: string }[],
  values: Readonly<Record<string, FlagValue>>,
): Readonly<Record<string, Readonly<Record<string, FlagValue>>>> {
  return Object.fromEntries(plugins.map(({ name }) => [name, values]))
}
