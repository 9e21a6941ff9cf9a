import { type Command, Help as OclifHelp } from '@oclif/core'
import type { LifecycleCommand } from '@piko/sdk'
import { findPlugins } from '../plugins/find.js'
import { pluginFlags } from '../plugins/flags.js'
import { oclifFlags } from '../plugins/oclif-flags.js'

/** oclif's help, with the flags that installed plugins add to core commands. */
export default class Help extends OclifHelp {
  protected override formatCommand(command: Command.Loadable): string {
    const { candidates } = findPlugins(this.config.plugins.values())
    const added = oclifFlags(pluginFlags(candidates, command.id as LifecycleCommand)) // no plugin adds to another id
    const flags = { ...command.flags }
    for (const [name, flag] of Object.entries(added)) flags[name] = { ...flag, name }
    return super.formatCommand({ ...command, flags })
  }
}
