import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { recover } from '../../deploys/recover.js'
import { watchErrors } from '../../errors/watch.js'
import { type Looked, watch, watchOnce } from '../../watch/watch.js'

export default class DeployWatch extends PikoCommand {
  static override summary = 'Deploy new images as they appear in their registries'
  static override description =
    "Looks at the stages of this project that have --auto: for the newest tag that fits the stage's pattern, or for a " +
    'new image under its fixed tag. What failed or was rolled back is not deployed again. A machine has one watcher; ' +
    'with --once, for cron, it looks once and ends.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --once --json',
  ]
  static override flags = { once: Flags.boolean({ summary: 'Look once and end' }) }

  async run() {
    const { flags } = await this.parse(DeployWatch)
    const host = await this.host()
    await recover(host)
    if (!flags.once) {
      await watch(host, looked => this.show(looked))
      return { stages: [] }
    }
    const looked = await watchOnce(host)
    looked.forEach(one => this.show(one))
    const problems = looked.flatMap(({ stage, problem }) =>
      problem === null ? [] : [`${stage}: ${problem}`],
    )
    if (problems.length > 0) throw watchErrors.DEPLOY_WATCH_FAILED({ problems })
    if (looked.every(({ deployed }) => deployed === null)) this.log('Nothing new')
    return { stages: looked }
  }

  private show({ stage, deployed, problem }: Looked): void {
    if (deployed !== null) this.log(`✓ ${stage} serves ${deployed}`)
    if (problem !== null) this.logToStderr(`! ${stage}: ${problem}`)
  }
}
