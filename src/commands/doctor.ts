import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { examine } from '../host/examine.js'

export default class Doctor extends BaseCommand {
  static override summary = 'Check tools, engine, configuration and state, and say what to do'
  static override description =
    'Changes nothing, unless --fix is given: then what deleted projects still hold is given back.'
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor --fix']
  static override flags = {
    fix: Flags.boolean({ summary: 'Give back what projects hold that are no longer on the disk' }),
  }

  async run(): Promise<object> {
    const { flags } = await this.parse(Doctor)
    const findings = await examine(this.session(), { fix: flags.fix })
    for (const { ok, title, says, hints } of findings) {
      this.log(`${ok ? '✓' : '✗'} ${title}${says ? `: ${says}` : ''}`)
      this.say(hints.map(hint => `  ↳ ${hint}`))
    }
    if (findings.some(({ ok }) => !ok)) process.exitCode = 3
    return { findings }
  }
}
