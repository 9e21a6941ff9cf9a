import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { registryJson } from '../../output/registries.js'
import { requireRegistry } from '../../store/registries.js'

export default class RegistryShow extends PikoCommand {
  static override summary = 'Show a registry'
  static override description =
    'Its address, its user and whether a token is stored. The token itself is never shown.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> main',
    '<%= config.bin %> <%= command.id %> main --json',
  ]
  static override args = { name: Args.string({ required: true, description: 'Its name in piko' }) }

  async run() {
    const { args } = await this.parse(RegistryShow)
    const registry = requireRegistry(await (await this.host()).openProject('deploy'), args.name)
    const { name, url, user, hasToken } = registryJson(registry)
    this.log(
      `name   ${name}\nurl    ${url}\nuser   ${user ?? 'none'}\ntoken  ${hasToken ? 'stored' : 'none'}`,
    )
    return registryJson(registry)
  }
}
