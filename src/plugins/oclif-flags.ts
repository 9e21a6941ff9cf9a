import { Flags, type Interfaces } from '@oclif/core'
import type { PluginFlag } from './flags.js'

/** Flags of plugins in the form that oclif's parser and help use. */
export function oclifFlags(flags: readonly PluginFlag[]): Interfaces.FlagInput {
  const input: Interfaces.FlagInput = {}
  for (const { name, plugin, definition } of flags) {
    const options = { summary: definition.summary, helpGroup: `PLUGIN ${plugin.toUpperCase()}` }
    if (definition.type === 'boolean') input[name] = Flags.boolean(options)
    else if (definition.multiple)
      // One value per flag: in `--only web feature`, the last word is the environment.
      input[name] = Flags.string({ ...options, multiple: true, multipleNonGreedy: true })
    else input[name] = Flags.string(options)
  }
  return input
}
