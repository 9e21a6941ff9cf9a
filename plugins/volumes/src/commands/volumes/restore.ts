import { Flags } from '@oclif/core'
import { resolve } from 'node:path'
import { PikoCommand } from '@piko/sdk/command'
import { type Restored, restoreEnvironment } from '../../archive/restore.js'
import type { VolumesConfig } from '../../config.js'
import { volumeErrors } from '../../errors/volumes.js'

export default class VolumesRestore extends PikoCommand {
  static override completes = ['environment'] as const
  static override summary = 'Replace the data of an environment with a backup'
  static override description =
    'Checks the whole backup before it changes anything, and keeps the old data until the new data is complete. ' +
    'The environment must be stopped. Accepts a backup of another environment of the project.'
  static override examples = [
    {
      description: 'Restore a whole backup',
      command:
        '<%= config.bin %> <%= command.id %> feature-auth .piko/backups/feature-auth-20260102T030405Z.tar.zst --yes',
    },
    {
      description: 'Restore one volume',
      command: '<%= config.bin %> <%= command.id %> feature-auth backup.tar.zst postgres_data --yes',
    },
  ]
  static override usage = 'volumes restore [NAME] FILE [VOLUME…]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'Use this environment, if a name could also be a file',
      helpValue: 'NAME',
    }),
    yes: Flags.boolean({ char: 'y', summary: 'Do not ask for confirmation' }),
    force: Flags.boolean({ char: 'f', summary: 'Accept a backup of another project' }),
    links: Flags.boolean({ summary: 'Restore symbolic links that lead out of their volume' }),
    special: Flags.boolean({ summary: 'Restore devices, pipes and setuid programs' }),
  }

  async run() {
    const { argv, flags } = await this.parse(VolumesRestore)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const [named, ...words] = rest
    if (named === undefined) throw volumeErrors.VOLUMES_FILE_NOT_NAMED({ environment: environment.name })
    const { yes, force, links, special } = flags
    const given = [force && '--force', links && '--links', special && '--special'].filter(
      flag => flag !== false,
    )
    const command = ['piko volumes restore', environment.name, ...rest, ...given, '--yes'].join(' ')
    const confirm = async (what: readonly string[]) => {
      if (!yes) throw volumeErrors.VOLUMES_NOT_CONFIRMED({ environment: environment.name, what, command })
    }
    const restoring = { file: resolve(named), words, force, links, special, confirm }
    const restored = await host.change<VolumesConfig, Restored>('volumes', environment, context =>
      restoreEnvironment(context, restoring),
    )
    this.log(`✓ Restored ${restored.volumes.join(', ')}; to start it, run \`piko up ${environment.name}\``)
    return { environment: environment.name, ...restored }
  }
}
