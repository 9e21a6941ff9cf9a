import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { requireServices } from '../engine/services.js'
import { registryErrors } from '../errors/registry.js'
import { requireModel } from '../model/require.js'
import { pullable, pullImages } from '../registry/pull.js'

export default class Pull extends PikoCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Pull images from their registries'
  static override description =
    'Skips images that are built here. Running containers keep their image until `piko up`. Without SERVICE, ' +
    'pulls all images. Without NAME, uses the environment of the current folder.'
  static override examples = [
    {
      description: 'Pull every image of feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'Pull one image, then restart its service',
      command: '<%= config.bin %> <%= command.id %> feature-auth db && <%= config.bin %> up feature-auth db',
    },
  ]
  static override usage = 'pull [NAME] [SERVICE…]'
  static override strict = false
  static override flags = { env: envFlag }

  async run() {
    const { argv, flags } = await this.parse(Pull)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const model = requireModel(context)
    const services = requireServices(context, rest)
    const images = pullable(model, services)
    if (images.length === 0)
      throw registryErrors.COMPOSE_NOTHING_TO_DO({
        verb: 'pull',
        environment: environment.name,
        services: rest,
      })
    await pullImages(context, { model, images, verb: 'pull', onLine: line => this.logToStderr(line) })
    for (const { service, image } of images) this.log(`✓ Pulled ${image} (${service})`)
    return { environment: environment.name, pulled: images }
  }
}
