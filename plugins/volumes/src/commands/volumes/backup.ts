import { Flags } from '@oclif/core'
import { resolve } from 'node:path'
import { PikoCommand } from '@piko/sdk/command'
import { type Backup, backupEnvironment } from '../../archive/backup.js'
import { fetchOwn, selectOwn } from '../../choice/own.js'
import type { VolumesConfig } from '../../config.js'
import { resumeStale } from '../../halt/halt.js'
import { finishSwaps } from '../../swap/swap.js'

export default class VolumesBackup extends PikoCommand {
  static override completes = ['environment'] as const
  static override summary = 'Back up the volumes of an environment to a file'
  static override description =
    'Writes a tar archive with a manifest and checksums, compressed with zstd if available, else gzip. Pauses ' +
    'containers that write to the volumes. Verifies the file, and never overwrites one.'
  static override examples = [
    { description: 'Write to .piko/backups', command: '<%= config.bin %> <%= command.id %> feature-auth' },
    {
      description: 'Write to another place',
      command: '<%= config.bin %> <%= command.id %> feature-auth --to ~/feature-auth.tar.zst',
    },
  ]
  static override usage = 'volumes backup [NAME] [VOLUME…]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'Use this environment, if a name could also be a volume',
      helpValue: 'NAME',
    }),
    to: Flags.string({ summary: 'Write to this file', helpValue: 'FILE' }),
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
