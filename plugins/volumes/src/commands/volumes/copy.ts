import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import type { VolumesConfig } from '../../config.js'
import { replaceVolumes } from '../../copy/replace.js'
import { bytesText } from '../../output/bytes.js'

export default class VolumesCopy extends PikoCommand {
  static override summary = "Copy data into an environment's volumes"
  static override description =
    'From the main stack, or from another environment. What the volumes have stays until the new data is whole; the ' +
    'environment must be stopped. A source that is in use is paused meanwhile, but for a Postgres, which backs itself up.'
  static override examples = [
    {
      description: 'Take the data of another environment',
      command: '<%= config.bin %> <%= command.id %> feature-auth --from-env feature-login',
    },
    {
      description: 'Take the database of the main stack anew',
      command: '<%= config.bin %> <%= command.id %> feature-auth postgres_data --replace',
    },
  ]
  static override usage = 'volumes copy [NAME] [VOLUME…]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'The environment, where the first word could be a volume too',
      helpValue: 'NAME',
    }),
    'from-env': Flags.string({
      summary: 'Copy the data of this environment; `main` is the main stack',
      helpValue: 'NAME',
    }),
    replace: Flags.boolean({ summary: 'Also where there is data, which is lost' }),
    verify: Flags.boolean({ summary: 'Compare checksums of what was copied' }),
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
