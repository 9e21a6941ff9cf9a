import { type Command, Help as OclifHelp } from '@oclif/core'
import type { LifecycleCommand } from '@piko/sdk'
import { oclifFlags } from '../base-command.js'
import { findPlugins } from '../plugins/find.js'
import { pluginFlags } from '../plugins/flags.js'

/** oclif's help, with the flags that installed plugins add to core commands. */
export default class Help extends OclifHelp {
  protected override formatCommand(command: Command.Loadable): string {
    const { candidates } = findPlugins(this.config.plugins.values())
    const added = oclifFlags(pluginFlags(candidates, command.id as LifecycleCommand)) // no plugin adds to another id
    const flags = Object.entries(added).map(([name, flag]) => [name, { ...flag, name }])
    const extended = { ...command, flags: { ...command.flags, ...Object.fromEntries(flags) } }
    return super.formatCommand(extended as Command.Loadable)
  }
}
