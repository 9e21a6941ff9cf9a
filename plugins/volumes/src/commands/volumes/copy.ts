import { bytesText } from '@piko/sdk'
import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import type { VolumesConfig } from '../../config.js'
import { replaceVolumes } from '../../copy/replace.js'

export default class VolumesCopy extends PikoCommand {
  static override completes = ['environment'] as const
  static override summary = 'Copy data into the volumes of an environment'
  static override description =
    'Copies from the main stack or from another environment. Existing data stays until the new data is complete. ' +
    'The environment must be stopped. Pauses a source that is in use, except Postgres, which backs itself up.'
  static override examples = [
    {
      description: 'Copy from another environment',
      command: '<%= config.bin %> <%= command.id %> feature-auth --from-env feature-login',
    },
    {
      description: 'Replace one volume with the data of the main stack',
      command: '<%= config.bin %> <%= command.id %> feature-auth postgres_data --replace',
    },
  ]
  static override usage = 'volumes copy [NAME] [VOLUME…]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'Use this environment, if a name could also be a volume',
      helpValue: 'NAME',
    }),
    'from-env': Flags.string({
      summary: 'Copy from this environment; `main` is the main stack',
      helpValue: 'NAME',
    }),
    replace: Flags.boolean({ summary: 'Replace existing data, which is lost' }),
    verify: Flags.boolean({ summary: 'Verify the copy with checksums' }),
  }

  async run() {
    const { argv, flags } = await this.parse(VolumesCopy)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const { verify, replace } = flags
    const replacing = { words: rest, from: flags['from-env'], verify, replace }
    const copied = await host.change<VolumesConfig, Awaited<ReturnType<typeof replaceVolumes>>>(
      'volumes',
      environment,
      context => replaceVolumes(context, replacing),
    )
    for (const { source, volume, bytes, seconds } of copied)
      this.log(`✓ Copied ${source} to ${volume} (${bytesText(bytes)} in ${seconds} s)`)
    if (copied.length === 0) this.log('Nothing to copy')
    return { environment: environment.name, copied }
  }
}
