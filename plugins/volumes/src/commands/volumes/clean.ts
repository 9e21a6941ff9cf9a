import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import type { VolumesConfig } from '../../config.js'
import { cleanVolumes } from '../../copy/clean.js'
import { volumeErrors } from '../../errors/volumes.js'

export default class VolumesClean extends PikoCommand {
  static override completes = ['environment'] as const
  static override summary = 'Empty the volumes of an environment'
  static override description =
    'Keeps the volumes themselves. Skips shared and external volumes. The environment must be stopped.'
  static override examples = [
    { description: 'Empty all volumes', command: '<%= config.bin %> <%= command.id %> feature-auth --yes' },
    {
      description: 'Empty one volume',
      command: '<%= config.bin %> <%= command.id %> feature-auth postgres_data --yes',
    },
  ]
  static override usage = 'volumes clean [NAME] [VOLUME…]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'Use this environment, if a name could also be a volume',
      helpValue: 'NAME',
    }),
    yes: Flags.boolean({ char: 'y', summary: 'Do not ask for confirmation' }),
  }

  async run() {
    const { argv, flags } = await this.parse(VolumesClean)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const command = ['piko volumes clean', environment.name, ...rest, '--yes'].join(' ')
    const confirm = async (what: readonly string[]) => {
      if (!flags.yes)
        throw volumeErrors.VOLUMES_NOT_CONFIRMED({ environment: environment.name, what, command })
    }
    const cleaned = await host.change<VolumesConfig, readonly string[]>('volumes', environment, context =>
      cleanVolumes(context, { words: rest, confirm }),
    )
    this.log(cleaned.length === 0 ? 'Nothing to empty' : `✓ Emptied ${cleaned.join(', ')}`)
    return { environment: environment.name, cleaned }
  }
}
