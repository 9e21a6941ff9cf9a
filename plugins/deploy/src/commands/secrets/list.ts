import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { readStage } from '../../stages/read.js'
import { secrets } from '../../store/secrets.js'

export default class SecretsList extends PikoCommand {
  static override summary = "List the names of a stage's secrets"
  static override description = 'Values are never shown.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging',
    '<%= config.bin %> <%= command.id %> staging --json',
  ]
  static override args = { stage: Args.string({ required: true, description: 'The stage' }) }

  async run() {
    const { stage } = (await this.parse(SecretsList)).args
    const { context, stage: found } = await readStage(await this.host(), stage)
    const all = secrets.of(context, found.id)
    if (all.length === 0) this.log(`No secret yet; to set one, run \`piko secrets set ${stage} NAME\``)
    for (const { name } of all) this.log(name)
    return { stage, secrets: all.map(({ name, createdAt }) => ({ name, createdAt })) }
  }
}
