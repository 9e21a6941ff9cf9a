import { Flags, type Interfaces } from '@oclif/core'
import type { PluginFlag } from './flags.js'

/** Flags of plugins as oclif's parser and its help take them. */
export function oclifFlags(flags: readonly PluginFlag[]): Interfaces.FlagInput {
  const input: Interfaces.FlagInput = {}
  for (const { name, plugin, definition } of flags) {
    const options = { summary: definition.summary, helpGroup: `PLUGIN ${plugin.toUpperCase()}` }
    if (definition.type === 'boolean') input[name] = Flags.boolean(options)
    else if (definition.multiple)
      // One value each time: `--only web feature` names the environment too.
      input[name] = Flags.string({ ...options, multiple: true, multipleNonGreedy: true })
    else input[name] = Flags.string(options)
  }
  return input
}
