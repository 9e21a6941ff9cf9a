import { Flags } from '@oclif/core'
import { BaseCommand } from '../oclif/base-command.js'
import { examine } from '../doctor/examine.js'
import type { Lost } from '../doctor/find-lost.js'
import type { Finding } from '../doctor/finding.js'
import { planRebuild, rebuild } from '../doctor/rebuild.js'
import { countText } from '../environment/count-traces.js'
import { ask } from '../output/ask.js'
import { exitCodes } from '../output/exit-codes.js'

export default class Doctor extends BaseCommand {
  static override summary = 'Check tools, Docker, configuration and state, and suggest fixes'
  static override description =
    'Compares what piko has recorded with git and Docker. Changes nothing unless you give --fix: then it repairs what ' +
    'it can without losing anything, such as the environments of a moved project, and names what it leaves.'
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --fix',
    {
      description: 'Record environments again whose state was lost, after showing them',
      command: '<%= config.bin %> doctor --rebuild',
    },
  ]
  static override flags = {
    fix: Flags.boolean({
      summary: 'Repair what can be repaired without losing anything',
      exclusive: ['rebuild'],
    }),
    rebuild: Flags.boolean({
      summary: 'Record environments that are not recorded, by their worktrees and labels; show them first',
    }),
    yes: Flags.boolean({ char: 'y', summary: 'Rebuild without asking', dependsOn: ['rebuild'] }),
  }

  async run(): Promise<object> {
    const { flags } = await this.parse(Doctor)
    const findings = flags.rebuild
      ? await this.rebuild(flags.yes)
      : await examine(this.session(), { fix: flags.fix })
    for (const { ok, title, says, hints } of findings) {
      this.log(`${ok ? '✓' : '✗'} ${title}${says ? `: ${says}` : ''}`)
      this.printLines(hints.map(hint => `  ↳ ${hint}`))
    }
    if (findings.some(({ ok }) => !ok)) process.exitCode = exitCodes.state.code
    return { findings }
  }

  /** Shows what was found, then records it if the user agrees. */
  private async rebuild(isAgreed: boolean): Promise<readonly Finding[]> {
    const session = this.session()
    const plan = await planRebuild(session)
    const { damaged, lost } = plan
    if (damaged.length + lost.length === 0)
      return [{ title: 'Every environment that was found is recorded', ok: true, hints: [] }]
    this.printLines(damaged.map(file => `Damaged: ${file}`))
    this.printLines(lost.map(lostText))
    if (isAgreed || (this.canPrompt() && (await ask('Rebuild the state from this?'))))
      return rebuild(session, plan)
    const hints = ['To record them, run `piko doctor --rebuild --yes`']
    return [{ title: 'Nothing was changed', ok: false, hints }]
  }
}

function lostText({ name, branch, path, traces }: Lost): string {
  const objects = traces.length === 0 ? '' : `, with ${countText(traces)}`
  return `Found: ${name} on the branch ${branch}, at ${path}${objects}`
}
