import { Args } from '@oclif/core'
import { tableLines } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { listVolumes } from '../../choice/list.js'
import type { VolumesConfig } from '../../config.js'
import { fetchSizes } from '../../engine/sizes.js'
import { bytesText } from '../../output/bytes.js'

export default class VolumesSize extends PikoCommand {
  static override summary = 'Show how much room the volumes of an environment take'
  static override description =
    'As the engine measures it; a volume whose driver does not say has none. `bytes` with --json.'
  static override examples = [
    { description: 'Of feature-auth', command: '<%= config.bin %> <%= command.id %> feature-auth' },
    { description: 'For a program', command: '<%= config.bin %> <%= command.id %> feature-auth --json' },
  ]
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }

  async run() {
    const { args } = await this.parse(VolumesSize)
    const host = await this.host()
    const environment = await host.environment(args.name)
    const context = await host.open<VolumesConfig>('volumes', environment)
    const sizes = await fetchSizes(context)
    const volumes = (await listVolumes(context)).map(({ key, name, kind }) => ({
      key,
      name,
      kind,
      bytes: sizes.get(name) ?? null,
    }))
    const total = volumes.reduce((sum, { kind, bytes }) => (kind === 'own' ? sum + (bytes ?? 0) : sum), 0)
    const rows = volumes.map(({ key, kind, bytes }) => [key, kind, bytes === null ? '' : bytesText(bytes)])
    for (const line of tableLines(['Volume', 'Kind', 'Size'], rows)) this.log(line)
    this.log(`${bytesText(total)} of its own`)
    return { environment: environment.name, volumes, bytes: total }
  }
}
