import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { recover } from '../deploys/recover.js'
import { deployJson } from '../output/deploys.js'
import { promote } from '../promote/promote.js'
import { readStage } from '../stages/read.js'
import { urlOf } from '../stages/url.js'

export default class Promote extends PikoCommand {
  static override completes = ['environment'] as const
  static override summary = "Build an environment's branch and deploy it to a stage"
  static override description =
    "Builds what the branch's Compose file builds, pushes it to the registry of the stage's image with the commit as " +
    'its tag, and deploys that. The branch must be committed. The Compose files of the main checkout say how it runs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> feature-auth staging',
    '<%= config.bin %> <%= command.id %> feature-auth staging --json',
  ]
  static override args = {
    environment: Args.string({ required: true, description: 'The environment' }),
    stage: Args.string({ required: true, description: 'The stage' }),
  }

  async run() {
    const { args } = await this.parse(Promote)
    const host = await this.host()
    await recover(host)
    const environment = await host.environment(args.environment)
    const { context, stage } = await readStage(host, args.stage)
    const { tag, pushed, deploy } = await promote(host, { environment, stage })
    const url = urlOf(context, stage)
    this.log(`✓ ${stage.name} serves ${environment.name} as ${tag}${url === null ? '' : ` at ${url}`}`)
    return { environment: environment.name, tag, pushed, deploy: deployJson(context, deploy) }
  }
}
