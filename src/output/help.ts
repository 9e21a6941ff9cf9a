import { type Command, Help as OclifHelp } from '@oclif/core'
import type { LifecycleCommand } from '@piko/sdk'
import { findPlugins } from '../plugins/find.js'
import { pluginFlags } from '../plugins/flags.js'
import { oclifFlags } from '../plugins/oclif-flags.js'
import { shortName } from '../project/package-name.js'

/** oclif's help, with the flags that installed plugins add to core commands, and with a list for each plugin's commands. */
export default class Help extends OclifHelp {
  protected override formatCommand(command: Command.Loadable): string {
    const { candidates } = findPlugins(this.config.plugins.values())
    const added = oclifFlags(pluginFlags(candidates, command.id as LifecycleCommand)) // no plugin adds to another id
    const flags = { ...command.flags }
    for (const [name, flag] of Object.entries(added)) flags[name] = { ...flag, name }
    return super.formatCommand({ ...command, flags })
  }

  protected override formatCommands(commands: Command.Loadable[]): string {
    const titles = [...new Set(commands.map(titleOf))]
    const lists = titles.map(title => {
      const group = commands.filter(command => titleOf(command) === title)
      return super.formatCommands(group).replace('COMMANDS', title)
    })
    return lists.join('\n\n')
  }
}

function titleOf({ pluginName }: Command.Loadable): string {
  const isCore = pluginName === undefined || pluginName === 'piko' || pluginName.startsWith('@oclif/')
  return isCore ? 'COMMANDS' : `${shortName(pluginName).toUpperCase()} COMMANDS`
}
