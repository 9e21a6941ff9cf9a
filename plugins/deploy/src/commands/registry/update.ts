import { Args, Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { registryJson } from '../../output/registries.js'
import { normalUrl } from '../../registry/address.js'
import { askSecret } from '../../secrets/ask.js'
import { sealToken } from '../../secrets/keep.js'
import { registries, requireRegistry } from '../../store/registries.js'

export default class RegistryUpdate extends PikoCommand {
  static override summary = 'Change the address or the login of a registry'
  static override description =
    'With --user, asks for the token, or reads it from stdin. --no-login removes both.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> main --url https://registry.example.org',
    '<%= config.bin %> <%= command.id %> main --user ann < token.txt',
  ]
  static override args = { name: Args.string({ required: true, description: 'Its name in piko' }) }
  static override flags = {
    url: Flags.string({ summary: 'Its address, with http:// or https://' }),
    user: Flags.string({ summary: 'The user of the login', helpValue: 'USER' }),
    'no-login': Flags.boolean({ summary: 'Remove the user and the token', exclusive: ['user'] }),
  }

  async run() {
    const { args, flags } = await this.parse(RegistryUpdate)
    const { name } = args
    const host = await this.host()
    requireRegistry(await host.openProject('deploy'), name)
    const token = flags.user === undefined ? undefined : await askSecret('token')
    const updated = await host.changeProject('deploy', async context =>
      registries.update(context, requireRegistry(context, name).id, {
        ...(flags.url === undefined ? {} : { url: normalUrl(flags.url) }),
        ...(flags.user === undefined ? {} : { user: flags.user }),
        ...(token === undefined ? {} : { token: sealToken(context, { name, token }) }),
        ...(flags['no-login'] ? { user: null, token: null } : {}),
      }),
    )
    this.log(`✓ Updated the registry ${name}`)
    return registryJson(updated)
  }
}
