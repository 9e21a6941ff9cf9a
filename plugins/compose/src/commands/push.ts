import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { requireHere, servicesHere, wantedServices } from '../engine/services.js'
import { requireModel } from '../model/require.js'
import { nothingTo } from '../registry/errors.js'
import { pushable, pushImage } from '../registry/push.js'

export default class Push extends PikoCommand {
  static override summary = 'Push the images that an environment has built to their registries'
  static override description =
    'Each goes under the name that `image:` of the Compose file gives it, as with `docker compose push`; on this machine ' +
    'that name keeps what it has. Without SERVICE, all that are built and named; without NAME, the environment of the ' +
    'current folder.'
  static override examples = [
    {
      description: 'Every image that feature-auth has built',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'That of one service, built anew',
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
    for (const name of rest) requireHere(context, name)
    const services = rest.length > 0 ? rest : servicesHere(context, wantedServices(model, []))
    const images = pushable(model, services)
    if (images.length === 0) throw nothingTo('push', environment.name, rest)
    for (const image of images) {
      await pushImage(context, image, line => this.logToStderr(line))
      this.log(`✓ Pushed ${image.image} (${image.service})`)
    }
    return { environment: environment.name, pushed: images }
  }
}
