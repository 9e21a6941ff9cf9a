import { BaseCommand } from '../base-command.js'
import { listEnvironments } from '../environment/listing.js'
import { listLines } from '../output/list.js'

export default class List extends BaseCommand {
  static override summary = 'List the environments of this project'
  static override description =
    'Read from the database alone: no engine is asked. To see what runs, use `piko ps`.'
  static override hiddenAliases = ['ls']
  static override examples = ['<%= config.bin %> list', '<%= config.bin %> list --json']

  async run(): Promise<object> {
    await this.parse(List)
    const { state } = await this.session().workspace({ tolerant: true })
    const answer = { environments: listEnvironments(state) }
    this.say(listLines(answer))
    return answer
  }
}
