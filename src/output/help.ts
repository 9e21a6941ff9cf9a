import { type Command, Help as OclifHelp, type Interfaces } from '@oclif/core'
import type { HelpGroup, LifecycleCommand, PluginManifest } from '@piko/sdk'
import { findPlugins } from '../plugins/find.js'
import { pluginFlags } from '../plugins/flags.js'
import { oclifFlags } from '../plugins/oclif-flags.js'
import { shortName } from '../project/package-name.js'
import { helpGroups } from './help-groups.js'
import { reword } from './reword.js'

type Topic = Interfaces.Topic

interface Row {
  readonly id: string
  readonly pluginName: string | undefined
  readonly summary: string | undefined
}

/**
 * oclif's help with piko's texts and with the flags that installed plugins add to core commands. The root page shows
 * the groups of `help-groups.ts`, then one group for each third-party plugin.
 */
export default class Help extends OclifHelp {
  protected override formatCommand(command: Command.Loadable): string {
    const { candidates } = findPlugins(this.config.plugins.values())
    const added = oclifFlags(pluginFlags(candidates, command.id as LifecycleCommand)) // plugins add flags to these only
    const flags = { ...command.flags }
    for (const [name, flag] of Object.entries(added)) flags[name] = { ...flag, name }
    return super.formatCommand(reword({ ...command, flags }))
  }

  override async showCommandHelp(command: Command.Loadable): Promise<void> {
    return super.showCommandHelp(reword(command))
  }

  protected override get sortedCommands(): Command.Loadable[] {
    return super.sortedCommands.map(reword)
  }

  protected override async showRootHelp(): Promise<void> {
    this.log(this.formatRoot())
    this.log('')
    const rows = this.rootRows()
    for (const { id, title, commands } of helpGroups) {
      const ids = [...commands, ...this.idsOfPlugins(id)]
      this.showRows(
        title,
        ids.flatMap(row => rows.filter(other => other.id === row)),
      )
    }
    for (const title of new Set(rows.flatMap(row => this.titleOf(row) ?? [])))
      this.showRows(
        title,
        rows.filter(row => this.titleOf(row) === title),
      )
    return Promise.resolve()
  }

  /**
   * Top-level commands and topics. A topic with a single command is shown as that command: `plugin new`. A command that
   * others are below, such as `deploy`, is shown as itself, unless its topic has a description.
   */
  private rootRows(): readonly Row[] {
    const isFirst = ({ id, name = id }: { id?: string; name?: string | undefined }) => !name?.includes(':')
    const commands = this.sortedCommands.filter(isFirst)
    const isCommand = (name: string) => commands.some(({ id }) => id === name)
    const topics = this.sortedTopics
      .filter(isFirst)
      .filter(({ name, description }) => description !== undefined || !isCommand(name))
    return [
      ...commands
        .filter(({ id }) => !topics.some(({ name }) => name === id))
        .map(command => ({
          id: command.id,
          pluginName: command.pluginName,
          summary: this.summary(command),
        })),
      ...topics.map(topic => ({
        id: topic.name,
        pluginName: this.commandsIn(topic)[0]?.pluginName,
        summary: topic.description?.split('\n', 1)[0],
      })),
    ]
  }

  private commandsIn({ name }: Topic): readonly Command.Loadable[] {
    return this.sortedCommands.filter(({ id }) => id.startsWith(`${name}:`))
  }

  private showRows(title: string, rows: readonly Row[]): void {
    if (rows.length === 0) return
    const lines = rows.map(({ id, summary }): [string, string | undefined] => {
      const [only, ...others] = this.commandsIn({ name: id })
      const isTopic = !this.sortedCommands.some(command => command.id === id)
      const isOnly = isTopic && only && others.length === 0
      return isOnly ? [only.id.replaceAll(':', ' '), this.summary(only)] : [id, summary]
    })
    const options = { indentation: 2, spacer: '\n', stripAnsi: this.opts.stripAnsi ?? false }
    this.log(this.section(title, this.renderList(lines, options)))
    this.log('')
  }

  private idsOfPlugins(group: HelpGroup): readonly string[] {
    return this.config
      .getPluginsList()
      .filter(({ type }) => type === 'core')
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap(({ pjson }) => manifestOf(pjson)?.help?.[group] ?? [])
  }

  /**
   * The group of a command that none of piko's own groups lists: its plugin's, or the last one if it comes with piko.
   */
  private titleOf({ id, pluginName }: Row): string | undefined {
    const named = helpGroups.flatMap(group => [...group.commands, ...this.idsOfPlugins(group.id)])
    if (named.includes(id)) return undefined
    const isFromPiko = pluginName === undefined || pluginName === 'piko' || pluginName.startsWith('@oclif/')
    return isFromPiko ? 'MORE' : shortName(pluginName).toUpperCase()
  }
}

function manifestOf(pjson: object): Partial<PluginManifest> | undefined {
  const piko: unknown = Reflect.get(pjson, 'piko')
  return typeof piko === 'object' && piko !== null ? piko : undefined
}
