import { Args } from '@oclif/core'
import { tableLines } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { listVolumes } from '../../choice/list.js'
import type { VolumesConfig } from '../../config.js'

export default class VolumesList extends PikoCommand {
  static override summary = 'List the volumes of an environment'
  static override description =
    'With what made them, where their data was copied from, and which running containers use them.'
  static override examples = [
    { description: 'Of feature-auth', command: '<%= config.bin %> <%= command.id %> feature-auth' },
    {
      description: 'From inside the worktree, for a program',
      command: '<%= config.bin %> <%= command.id %> --json',
    },
  ]
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }

  async run() {
    const { args } = await this.parse(VolumesList)
    const host = await this.host()
    const environment = await host.environment(args.name)
    const volumes = await listVolumes(await host.open<VolumesConfig>('volumes', environment))
    const rows = volumes.map(({ key, name, kind, isThere, copiedFrom, usedBy }) => [
      key,
      isThere ? name : `${name} (not made yet)`,
      kind,
      copiedFrom ?? '',
      usedBy.join(', '),
    ])
    if (rows.length === 0) this.log(`${environment.name} has no volumes`)
    for (const line of tableLines(['Volume', 'Name', 'Kind', 'Copied from', 'Used by'], rows)) this.log(line)
    return { environment: environment.name, volumes }
  }
}
