import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { downEnvironment } from '../environment/down.js'
import { environmentAnswer } from '../output/environment.js'

export default class Down extends BaseCommand {
  static override summary = 'Stop an environment; its worktree, ports and data stay'
  static override description =
    'Its containers are removed, as by `docker compose down`; volumes stay. `piko up` starts it again on the same ports.'
  static override examples = ['<%= config.bin %> down feature-auth', '<%= config.bin %> down']
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }

  static override flags = {
    forget: Flags.boolean({ summary: 'Leave what plugins made that are no longer installed' }),
  }

  async run(): Promise<object> {
    const plugins = this.pluginFlags('down')
    const { args, flags } = await this.parse({ ...Down, flags: { ...Down.flags, ...plugins.definitions } })
    const { workspace, record } = await this.about(args.name, { tolerant: true })
    const { version, narrator } = this.session()
    const { forget } = flags
    await downEnvironment({ workspace, version, record, narrator, forget, flags: plugins.sort(flags) })
    this.log(`✓ Stopped ${record.name}; to start it again, run \`piko up ${record.name}\``)
    return environmentAnswer(workspace, record)
  }
}
