import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { requireServices } from '../engine/services.js'
import { registryErrors } from '../errors/registry.js'
import { requireModel } from '../model/require.js'
import { lackingKeys, pushable, pushImage } from '../registry/push.js'

export default class Push extends PikoCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Push the images built in an environment'
  static override description =
    'Pushes each under the name in `image:` of the Compose file, as `docker compose push` does, and leaves local ' +
    'tags alone. Without SERVICE, pushes all images that are built and named. Without NAME, uses the environment ' +
    'of the current folder.'
  static override examples = [
    {
      description: 'Push every image that feature-auth has built',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'Rebuild and push one image',
      command:
        '<%= config.bin %> build feature-auth web && <%= config.bin %> <%= command.id %> feature-auth web',
    },
  ]
  static override usage = 'push [NAME] [SERVICE…]'
  static override strict = false
  static override flags = { env: envFlag }

  async run() {
    const { argv, flags } = await this.parse(Push)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const model = requireModel(context)
    const services = requireServices(context, rest)
    const images = pushable(model, services)
    const lacking = lackingKeys(model, services)
    if (images.length === 0 && lacking.length > 0)
      throw registryErrors.COMPOSE_NOTHING_TO_DO({ environment: environment.name, lacking })
    if (images.length === 0)
      throw registryErrors.COMPOSE_NOTHING_TO_DO({
        verb: 'push',
        environment: environment.name,
        services: rest,
      })
    if (rest.length > 0 && lacking.length > 0)
      throw registryErrors.COMPOSE_NOTHING_TO_DO({ environment: environment.name, lacking })
    for (const image of images) {
      await pushImage(context, image, line => this.logToStderr(line))
      this.log(`✓ Pushed ${image.image} (${image.service})`)
    }
    return { environment: environment.name, pushed: images }
  }
}
