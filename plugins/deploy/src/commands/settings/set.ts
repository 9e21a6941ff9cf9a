import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { settingErrors } from '../../errors/settings.js'
import { settingLines, settingTexts, wordOf } from '../../output/settings.js'
import { settingNames, updateSettings } from '../../store/settings.js'

export default class SettingsSet extends PikoCommand {
  static override summary = 'Change how stages are deployed'
  static override description = 'Applies to all stages of this project, from the next deploy on.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> keep 5',
    '<%= config.bin %> <%= command.id %> drain-seconds 120 --json',
  ]
  static override args = {
    setting: Args.string({ required: true, description: Object.keys(settingTexts).join(', ') }),
    value: Args.string({ required: true, description: 'A whole number' }),
  }

  async run() {
    const { setting, value } = (await this.parse(SettingsSet)).args
    const name = settingNames.find(one => wordOf(one) === setting)
    if (!name) throw settingErrors.DEPLOY_SETTING_UNKNOWN({ setting, known: Object.keys(settingTexts) })
    const lowest = name === 'keep' || name === 'drainSeconds' ? 0 : 1
    const number = /^\d{1,6}$/.test(value) ? Number(value) : -1
    if (number < lowest) throw settingErrors.DEPLOY_SETTING_INVALID({ setting, value, lowest })
    const host = await this.host()
    const settings = await host.changeProject('deploy', async context =>
      updateSettings(context, { [name]: number }),
    )
    for (const line of settingLines(settings)) this.log(line)
    return settings
  }
}
