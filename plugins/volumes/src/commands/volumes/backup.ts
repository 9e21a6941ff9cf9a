import { Flags } from '@oclif/core'
import { resolve } from 'node:path'
import { PikoCommand } from '@piko/sdk/command'
import { type Backup, backupEnvironment } from '../../archive/backup.js'
import { fetchOwn, selectOwn } from '../../choice/own.js'
import type { VolumesConfig } from '../../config.js'
import { resumeStale } from '../../halt/halt.js'
import { finishSwaps } from '../../swap/swap.js'

export default class VolumesBackup extends PikoCommand {
  static override summary = 'Save the volumes of an environment in a file'
  static override description =
    'One tar archive with a manifest and checksums, packed with zstd where this machine has it, else with gzip. What ' +
    'writes into the volumes is paused meanwhile. The file is read again before it gets its name; none is overwritten.'
  static override examples = [
    { description: 'Into .piko/backups', command: '<%= config.bin %> <%= command.id %> feature-auth' },
    {
      description: 'To a place of your own',
      command: '<%= config.bin %> <%= command.id %> feature-auth --to ~/feature-auth.tar.zst',
    },
  ]
  static override usage = 'volumes backup [NAME] [VOLUME…]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'The environment, where the first word could be a volume too',
      helpValue: 'NAME',
    }),
    to: Flags.string({ summary: 'The file to write', helpValue: 'FILE' }),
  }

  async run() {
    const { argv, flags } = await this.parse(VolumesBackup)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const to = flags.to === undefined ? undefined : resolve(flags.to)
    const backup = await host.change<VolumesConfig, Backup>('volumes', environment, async context => {
      await resumeStale(context)
      await finishSwaps(context)
      const only = selectOwn(context, { own: await fetchOwn(context), words: rest })
      return backupEnvironment(context, { to, only })
    })
    this.log(backup.file)
    return { environment: environment.name, ...backup }
  }
}
