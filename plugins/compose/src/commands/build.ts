import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { tagsOf } from '../engine/images.js'
import { requireHere, servicesHere } from '../engine/services.js'
import { registryErrors } from '../errors/registry.js'
import { requireModel } from '../model/require.js'

export default class Build extends PikoCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Rebuild images'
  static override description =
    'Starts and restarts nothing; `piko up` does that. Without SERVICE, rebuilds all images that are built here. ' +
    'Without NAME, uses the environment of the current folder.'
  static override examples = [
    {
      description: 'Rebuild, then restart what has changed',
      command: '<%= config.bin %> <%= command.id %> feature-auth && <%= config.bin %> up feature-auth',
    },
    {
      description: 'Rebuild one service without the cache',
      command: '<%= config.bin %> <%= command.id %> feature-auth web --no-cache',
    },
  ]
  static override usage = 'build [NAME] [SERVICE…] [--pull] [--no-cache]'
  static override strict = false
  static override flags = {
    env: envFlag,
    pull: Flags.boolean({ summary: 'Pull newer base images first' }),
    'no-cache': Flags.boolean({ summary: 'Build without the cache' }),
  }

  async run() {
    const { argv, flags } = await this.parse(Build)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const model = requireModel(context)
    for (const name of rest) requireHere(context, name)
    const services = rest.length > 0 ? rest : Object.keys(model.services)
    const built = [...tagsOf(model, servicesHere(context, services))]
    if (built.length === 0)
      throw registryErrors.COMPOSE_NOTHING_TO_DO({
        verb: 'build',
        environment: environment.name,
        services: rest,
      })
    const asked = { build: true, pull: flags.pull, 'no-cache': flags['no-cache'] }
    // Not `up`: it would select the named services.
    const targets = built.map(([service]) => service)
    await host.wind(environment, { verb: 'sync', through: 'data', flags: asked, targets })
    for (const [service, tag] of built) this.log(`✓ Built ${tag} (${service})`)
    return {
      environment: environment.name,
      built: built.map(([service, image]) => ({ service, image })),
    }
  }
}
