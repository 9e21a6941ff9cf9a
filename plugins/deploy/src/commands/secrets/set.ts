import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { secretErrors } from '../../errors/secrets.js'
import { askSecret } from '../../secrets/ask.js'
import { setSecret } from '../../secrets/keep.js'
import { readStage } from '../../stages/read.js'
import { requireStage } from '../../store/stages.js'

export default class SecretsSet extends PikoCommand {
  static override summary = 'Set a secret variable of a stage'
  static override description =
    'Asks for the value, or reads it from stdin. It is stored encrypted, and containers of the next deploy get it. ' +
    'The key is in a file in the state folder of piko, or in PIKO_SECRETS_KEY.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging DATABASE_URL',
    'pass show db | <%= config.bin %> <%= command.id %> staging DATABASE_URL',
  ]
  static override args = {
    stage: Args.string({ required: true, description: 'The stage' }),
    name: Args.string({ required: true, description: 'The name of the variable' }),
  }

  async run() {
    const { stage, name } = (await this.parse(SecretsSet)).args
    if (!/^[A-Za-z_]\w*$/.test(name)) throw secretErrors.DEPLOY_SECRET_NAME_INVALID({ name })
    const host = await this.host()
    await readStage(host, stage)
    const value = await askSecret(name)
    await host.changeProject('deploy', async context =>
      setSecret(context, { stage: requireStage(context, stage), name, value }),
    )
    this.log(`✓ Set ${name} of ${stage}; to use it, run \`piko deploy ${stage}\``)
    return { stage, name }
  }
}
