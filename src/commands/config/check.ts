import { BaseCommand } from '../../base-command.js'
import { refuseAbsent } from '../../plugins/enable.js'

export default class ConfigCheck extends BaseCommand {
  static override summary = 'Say every problem of .piko.yml with its line'
  static override description =
    'Every problem at once, with its line and the nearest key. Nothing is changed.'
  static override examples = ['<%= config.bin %> config check', '<%= config.bin %> config check --json']

  async run(): Promise<object> {
    await this.parse(ConfigCheck)
    const { project, absent } = await this.session().workspace()
    refuseAbsent(absent)
    this.log(`✓ The configuration of ${project.name} has no problems`)
    return { problems: [] }
  }
}
