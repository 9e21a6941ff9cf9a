import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { recover } from '../deploys/recover.js'
import { deployJson, deployLines } from '../output/deploys.js'
import { readStage } from '../stages/read.js'
import { deploys } from '../store/deploys.js'

const shown = 20

export default class Deploys extends PikoCommand {
  static override summary = 'List the last deploys'
  static override description =
    `The newest ${shown}, of one stage or all. --json adds what the health check got and the last lines of a ` +
    'container that failed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> staging --json',
  ]
  static override args = { stage: Args.string({ description: 'The stage' }) }

  async run() {
    const { args } = await this.parse(Deploys)
    const host = await this.host()
    await recover(host)
    const context = await host.openProject('deploy')
    const all =
      args.stage === undefined
        ? deploys.recent(context, shown)
        : deploys
            .of(context, (await readStage(host, args.stage)).stage.id)
            .toReversed()
            .slice(0, shown)
    if (all.length === 0) this.log('No deploy yet; to make one, run `piko deploy STAGE`')
    for (const line of deployLines(context, all)) this.log(line)
    return { deploys: all.map(one => deployJson(context, one)) }
  }
}
