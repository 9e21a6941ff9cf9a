import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { stageDetails, stageJson } from '../../output/stages.js'
import { readStage } from '../../stages/read.js'

export default class StageShow extends PikoCommand {
  static override summary = 'Show a stage'
  static override description = 'Its settings, what it serves and its URL. Secrets are shown by name only.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging',
    '<%= config.bin %> <%= command.id %> staging --json',
  ]
  static override args = { name: Args.string({ required: true, description: 'The stage' }) }

  async run() {
    const { args } = await this.parse(StageShow)
    const { context, stage } = await readStage(await this.host(), args.name)
    for (const line of stageDetails(context, stage)) this.log(line)
    return stageJson(context, stage)
  }
}
