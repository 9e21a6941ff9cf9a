import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { registryErrors } from '../../errors/registries.js'
import { askRegistry } from '../../registry/client.js'
import { endpointOf } from '../../registry/endpoint.js'
import { requireRegistry } from '../../store/registries.js'

export default class RegistryTest extends PikoCommand {
  static override summary = 'Check that a registry answers and accepts its login'
  static override description =
    'Asks the registry itself, from this machine. The engine may have another way to it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> main',
    '<%= config.bin %> <%= command.id %> main --json',
  ]
  static override args = { name: Args.string({ required: true, description: 'Its name in piko' }) }

  async run() {
    const { args } = await this.parse(RegistryTest)
    const context = await (await this.host()).openProject('deploy')
    const registry = requireRegistry(context, args.name)
    const { signal } = context
    const { ok, status } = await askRegistry(endpointOf(context, registry), { path: '/v2/', signal })
    if (!ok) throw registryErrors.DEPLOY_REGISTRY_ANSWER_INVALID({ registry: registry.url, status })
    const as = registry.user === null ? 'without a login' : `and accepts ${registry.user}`
    this.log(`✓ ${registry.url} answers ${as}`)
    return { name: registry.name, url: registry.url, user: registry.user, ok: true }
  }
}
