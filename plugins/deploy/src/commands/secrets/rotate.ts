import { PikoCommand } from '@piko/sdk/command'
import { rotate } from '../../secrets/keep.js'

export default class SecretsRotate extends PikoCommand {
  static override summary = "Encrypt the project's secrets with a new key"
  static override description =
    'Makes a new key, encrypts all tokens and secrets with it at once, and removes the old key. If the key is in ' +
    'PIKO_SECRETS_KEY, takes the new one from PIKO_SECRETS_NEXT_KEY.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run() {
    await this.parse(SecretsRotate)
    const count = await (await this.host()).changeProject('deploy', async context => rotate(context))
    this.log(`✓ Encrypted ${count === 1 ? 'one secret' : `${count} secrets`} with a new key`)
    return { rotated: count }
  }
}
