import { Args, Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { registryErrors } from '../../errors/registries.js'
import { registryJson } from '../../output/registries.js'
import { normalUrl, requireRegistryName } from '../../registry/address.js'
import { askSecret } from '../../secrets/ask.js'
import { sealToken } from '../../secrets/keep.js'
import { registries } from '../../store/registries.js'

export default class RegistryAdd extends PikoCommand {
  static override summary = 'Add a registry that stages take images from'
  static override description =
    'With --user, asks for the token, or reads it from stdin. It is stored encrypted. Without --user, the registry ' +
    'is asked without a login.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> local --url http://127.0.0.1:5000',
    '<%= config.bin %> <%= command.id %> main --url https://r.example.org --user ann',
  ]
  static override args = { name: Args.string({ required: true, description: 'Its name in piko' }) }
  static override flags = {
    url: Flags.string({ required: true, summary: 'Its address, with http:// or https://' }),
    user: Flags.string({ summary: 'The user of the login', helpValue: 'USER' }),
  }

  async run() {
    const { args, flags } = await this.parse(RegistryAdd)
    const name = requireRegistryName(args.name)
    const url = normalUrl(flags.url)
    const host = await this.host()
    const known = registries.all(await host.openProject('deploy'))
    if (known.some(one => one.name === name || one.url === url))
      throw registryErrors.DEPLOY_REGISTRY_TAKEN({ name, url })
    const token = flags.user === undefined ? undefined : await askSecret('token')
    const added = await host.changeProject('deploy', async context =>
      registries.create(context, {
        name,
        url,
        user: flags.user ?? null,
        token: token === undefined ? null : sealToken(context, { name, token }),
      }),
    )
    this.log(`✓ Added the registry ${name}; to try it, run \`piko registry test ${name}\``)
    return registryJson(added)
  }
}
