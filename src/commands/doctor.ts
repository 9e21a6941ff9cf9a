import { Flags } from '@oclif/core'
import { BaseCommand } from '../oclif/base-command.js'
import { examine } from '../doctor/examine.js'
import { exitCodes } from '../output/exit-codes.js'

export default class Doctor extends BaseCommand {
  static override summary = 'Check tools, Docker, configuration and state, and suggest fixes'
  static override description =
    'Changes nothing unless you give --fix. Then it carries over the environments of a moved project, undoes what ' +
    'interrupted commands left, and releases what deleted projects still hold.'
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor --fix']
  static override flags = {
    fix: Flags.boolean({ summary: 'Repair what can be repaired without losing anything' }),
  }

  async run(): Promise<object> {
    const { flags } = await this.parse(Doctor)
    const findings = await examine(this.session(), { fix: flags.fix })
    for (const { ok, title, says, hints } of findings) {
      this.log(`${ok ? '✓' : '✗'} ${title}${says ? `: ${says}` : ''}`)
      this.printLines(hints.map(hint => `  ↳ ${hint}`))
    }
    if (findings.some(({ ok }) => !ok)) process.exitCode = exitCodes.state.code
    return { findings }
  }
}
