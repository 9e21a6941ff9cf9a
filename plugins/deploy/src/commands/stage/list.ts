import { PikoCommand } from '@piko/sdk/command'
import { stageJson, stageLines } from '../../output/stages.js'
import { readStages } from '../../stages/read.js'

export default class StageList extends PikoCommand {
  static override summary = 'List the stages of the project'
  static override description = 'With the tag that each serves, and its URL.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run() {
    await this.parse(StageList)
    const { context, all } = await readStages(await this.host())
    if (all.length === 0)
      this.log('No stage yet; to add one, run `piko stage add staging --service SERVICE --image IMAGE`')
    for (const line of stageLines(context, all)) this.log(line)
    return { stages: all.map(stage => stageJson(context, stage)) }
  }
}
