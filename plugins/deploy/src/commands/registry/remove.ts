import { Args, Flags } from '@oclif/core'
import { registryOf } from '@piko/plugin-compose/contract/engine'
import { PikoCommand } from '@piko/sdk/command'
import { registryErrors } from '../../errors/registries.js'
import { registries, requireRegistry } from '../../store/registries.js'
import { stages } from '../../store/stages.js'

export default class RegistryRemove extends PikoCommand {
  static override summary = 'Remove a registry and its token'
  static override description =
    'Images in the registry stay. If a stage takes its image from it, --yes is needed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> main',
    '<%= config.bin %> <%= command.id %> main --yes',
  ]
  static override args = { name: Args.string({ required: true, description: 'Its name in piko' }) }
  static override flags = { yes: Flags.boolean({ char: 'y', summary: 'Remove it even if a stage uses it' }) }

  async run() {
    const { args, flags } = await this.parse(RegistryRemove)
    const { name } = args
    await (
      await this.host()
    ).changeProject('deploy', async context => {
      const { id, url } = requireRegistry(context, name)
      const users = stages.all(context).filter(({ image }) => registryOf(image) === new URL(url).host)
      if (users.length > 0 && !flags.yes)
        throw registryErrors.DEPLOY_REGISTRY_IN_USE({ name, stages: users.map(stage => stage.name) })
      registries.remove(context, id)
    })
    this.log(`✓ Removed the registry ${name}`)
    return { removed: name }
  }
}
