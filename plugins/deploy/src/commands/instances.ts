import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { recover } from '../deploys/recover.js'
import { instanceJson, instanceLines } from '../output/deploys.js'
import { readStage } from '../stages/read.js'
import { instances } from '../store/instances.js'

export default class Instances extends PikoCommand {
  static override summary = 'List the containers of stages'
  static override description = 'Those that serve, and those that are kept, stopped, for `piko rollback`.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> staging --json',
  ]
  static override args = { stage: Args.string({ description: 'The stage' }) }

  async run() {
    const { args } = await this.parse(Instances)
    const host = await this.host()
    await recover(host)
    const context = await host.openProject('deploy')
    const all =
      args.stage === undefined
        ? instances.all(context)
        : instances.of(context, (await readStage(host, args.stage)).stage.id)
    if (all.length === 0) this.log('No instance yet; to start one, run `piko deploy STAGE`')
    for (const line of instanceLines(context, all)) this.log(line)
    return { instances: all.map(one => instanceJson(context, one)) }
  }
}
