import { Args, Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { deployTo } from '../deploys/deploy.js'
import { recover } from '../deploys/recover.js'
import { findRestorable } from '../deploys/rollback.js'
import { deployJson } from '../output/deploys.js'
import { readStage } from '../stages/read.js'
import { urlOf } from '../stages/url.js'

export default class Rollback extends PikoCommand {
  static override summary = 'Bring back what a stage ran before'
  static override description =
    'Starts the kept containers of the last successful deploy before the current one, and routes to them once they ' +
    'are healthy. If they have been removed, starts the same images again. Data in volumes stays as it is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging',
    '<%= config.bin %> <%= command.id %> staging --to v1',
  ]
  static override args = { stage: Args.string({ required: true, description: 'The stage' }) }
  static override flags = {
    to: Flags.string({ summary: 'Bring back this deploy, or the last one of this tag', helpValue: 'ID|TAG' }),
  }

  async run() {
    const { args, flags } = await this.parse(Rollback)
    const host = await this.host()
    await recover(host)
    const { context, stage } = await readStage(host, args.stage)
    const restores = findRestorable(context, stage, flags.to)
    const done = await deployTo(host, { stage, tag: restores.tag, kind: 'rollback', restores })
    const url = urlOf(context, stage)
    this.log(`✓ ${stage.name} serves ${restores.tag} again${url === null ? '' : ` at ${url}`}`)
    return deployJson(context, done)
  }
}
