import { stringify } from 'yaml'
import { BaseCommand } from '../../oclif/base-command.js'

export default class ConfigShow extends BaseCommand {
  static override summary = 'Print the configuration with its defaults'
  static override description = 'Prints what .piko.yml sets, and the default for everything else.'
  static override examples = ['<%= config.bin %> config show', '<%= config.bin %> config show --json']

  async run(): Promise<object> {
    await this.parse(ConfigShow)
    const { config, sections, loaded } = await this.session().workspace()
    const keys = new Map(loaded.plugins.map(({ name, definition }) => [name, definition.config?.key ?? name]))
    const entries = [...sections].map(([name, section]) => [keys.get(name) ?? name, section] as const)
    const answer = { config: { ...config, ...Object.fromEntries(entries) } }
    this.log(stringify(answer.config).trimEnd())
    return answer
  }
}
