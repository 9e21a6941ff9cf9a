import { Flags } from '@oclif/core'
import { resolve } from 'node:path'
import { PikoCommand } from '@piko/sdk/command'
import { type Restored, restoreEnvironment } from '../../archive/restore.js'
import type { VolumesConfig } from '../../config.js'
import { fileNotNamed, notConfirmed } from '../../errors.js'

export default class VolumesRestore extends PikoCommand {
  static override summary = 'Put the data of a backup in place of that of an environment'
  static override description =
    'The backup is checked from end to end before anything is changed, and the old data stays until the new is whole. The ' +
    'environment must be stopped. It may be a backup of another environment of the project.'
  static override examples = [
    {
      description: 'All of a backup',
      command:
        '<%= config.bin %> <%= command.id %> feature-auth .piko/backups/feature-auth-20260102T030405Z.tar.zst --yes',
    },
    {
      description: 'One volume of it',
      command: '<%= config.bin %> <%= command.id %> feature-auth backup.tar.zst postgres_data --yes',
    },
  ]
  static override usage = 'volumes restore [NAME] FILE [VOLUME…]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'The environment, where the first word could be a file too',
      helpValue: 'NAME',
    }),
    yes: Flags.boolean({ char: 'y', summary: 'Replace its data without asking' }),
    force: Flags.boolean({ char: 'f', summary: 'Also a backup of another project' }),
    links: Flags.boolean({ summary: 'Also symbolic links that lead out of their volumes' }),
  }

  async run() {
    const { argv, flags } = await this.parse(VolumesRestore)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const [named, ...words] = rest
    if (named === undefined) throw fileNotNamed(environment.name)
    const { yes, force, links } = flags
    const command = ['piko volumes restore', environment.name, ...rest, '--yes'].join(' ')
    const confirm = async (what: readonly string[]) => {
      if (!yes) throw notConfirmed({ environment: environment.name, what, command })
    }
    const restoring = { file: resolve(named), words, force, links, confirm }
    const restored = await host.change<VolumesConfig, Restored>('volumes', environment, context =>
      restoreEnvironment(context, restoring),
    )
    this.log(`✓ Restored ${restored.volumes.join(', ')}; to start it, run \`piko up ${environment.name}\``)
    return { environment: environment.name, ...restored }
  }
}
