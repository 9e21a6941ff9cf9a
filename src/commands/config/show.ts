import { stringify } from 'yaml'
import { BaseCommand } from '../../base-command.js'

export default class ConfigShow extends BaseCommand {
  static override summary = 'Print the configuration with all defaults filled in'
  static override description = 'What .piko.yml says, with what holds where it says nothing.'
  static override examples = ['<%= config.bin %> config show', '<%= config.bin %> config show --json']

  async run(): Promise<object> {
    await this.parse(ConfigShow)
    const { config, sections } = await this.session().workspace()
    const answer = { config: { ...config, ...Object.fromEntries(sections) } }
    this.log(stringify(answer.config).trimEnd())
    return answer
  }
}
