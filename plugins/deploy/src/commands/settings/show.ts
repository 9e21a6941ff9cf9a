import { PikoCommand } from '@piko/sdk/command'
import { settingLines } from '../../output/settings.js'
import { readSettings } from '../../store/settings.js'

export default class SettingsShow extends PikoCommand {
  static override summary = 'Show how stages are deployed'
  static override description = 'The settings of this project, for all of its stages.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run() {
    await this.parse(SettingsShow)
    const settings = readSettings(await (await this.host()).openProject('deploy'))
    for (const line of settingLines(settings)) this.log(line)
    return settings
  }
}
