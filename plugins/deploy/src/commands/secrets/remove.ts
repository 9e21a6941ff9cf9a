import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { removeSecret } from '../../secrets/keep.js'
import { requireStage } from '../../store/stages.js'

export default class SecretsRemove extends PikoCommand {
  static override summary = 'Remove a secret variable of a stage'
  static override description = 'Running containers keep it until the next deploy.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging DATABASE_URL',
    '<%= config.bin %> <%= command.id %> staging DATABASE_URL --json',
  ]
  static override args = {
    stage: Args.string({ required: true, description: 'The stage' }),
    name: Args.string({ required: true, description: 'The name of the variable' }),
  }

  async run() {
    const { stage, name } = (await this.parse(SecretsRemove)).args
    await (
      await this.host()
    ).changeProject('deploy', async context =>
      removeSecret(context, { stage: requireStage(context, stage), name }),
    )
    this.log(`✓ Removed ${name} of ${stage}`)
    return { stage, removed: name }
  }
}
