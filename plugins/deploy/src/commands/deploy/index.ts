import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { deployTo } from '../../deploys/deploy.js'
import { recover } from '../../deploys/recover.js'
import { chooseTag } from '../../deploys/tag.js'
import { deployJson } from '../../output/deploys.js'
import { readStage } from '../../stages/read.js'
import { urlOf } from '../../stages/url.js'

export default class DeployIndex extends PikoCommand {
  static override summary = 'Deploy an image to a stage'
  static override description =
    'Pulls the image, starts it beside the one that serves, and routes requests to it once its health check passes. ' +
    'If anything fails, the old one goes on serving. Services with volumes are stopped first, which piko says. ' +
    "Without TAG, takes the newest that fits the stage's tag pattern, or `latest`."
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging v2',
    '<%= config.bin %> <%= command.id %> staging --json',
  ]
  static override args = {
    stage: Args.string({ required: true, description: 'The stage' }),
    tag: Args.string({ description: 'The tag of its image' }),
  }

  async run() {
    const { args } = await this.parse(DeployIndex)
    const host = await this.host()
    await recover(host)
    const { context, stage } = await readStage(host, args.stage)
    const tag = args.tag ?? (await chooseTag(context, stage))
    const done = await deployTo(host, { stage, tag, kind: 'deploy' })
    const url = urlOf(context, stage)
    this.log(`✓ ${stage.name} serves ${tag}${url === null ? '' : ` at ${url}`}`)
    return deployJson(context, done)
  }
}
