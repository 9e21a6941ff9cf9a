import { Args } from '@oclif/core'
import { fetchVolumeSizes } from '@piko/plugin-compose/contract/engine'
import { bytesText, type Environment, fittedLines, type Host, readTerminal } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { requireSubjects, type Subjects, unlessNotMade } from '../../choice/every.js'
import { listVolumes } from '../../choice/list.js'
import type { VolumesConfig } from '../../config.js'

export default class VolumesSize extends PikoCommand {
  static override completes = ['environment'] as const
  static override summary = 'Show the disk usage of volumes'
  static override description =
    'As Docker measures it; some volume drivers report nothing. With --json, in bytes. Without NAME, shows the ' +
    'environment of the current folder; outside a worktree, all environments.'
  static override examples = [
    { description: 'Show those of all environments', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Show those of feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'Print JSON for a program',
      command: '<%= config.bin %> <%= command.id %> feature-auth --json',
    },
  ]
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder, or all)' }),
  }

  async run() {
    const { args } = await this.parse(VolumesSize)
    const host = await this.host()
    const subjects = await requireSubjects(host, args.name)
    const answers = await measure(host, subjects)
    const total = answers.reduce((sum, { bytes }) => sum + bytes, 0)
    const rows = answers.flatMap(({ environment, volumes }) =>
      volumes.map(({ key, kind, bytes }) => [
        ...(subjects.isAll ? [environment] : []),
        key,
        kind,
        bytes === null ? '' : bytesText(bytes),
      ]),
    )
    const columns = [
      ...(subjects.isAll ? [{ title: 'Environment', gives: 1 }] : []),
      { title: 'Volume', gives: 2 },
      { title: 'Kind' },
      { title: 'Size' },
    ]
    for (const line of fittedLines(columns, rows, readTerminal(process.stdout))) this.log(line)
    this.log(`${bytesText(total)} of ${subjects.isAll ? 'their' : 'its'} own`)
    return subjects.isAll ? { environments: answers, bytes: total } : { ...answers[0] }
  }
}

/** `bytes`: the environment's own. The engine measures all volumes at once, which is slow, so it is queried once. */
async function measure(host: Host, subjects: Subjects) {
  const [first] = subjects.environments
  if (!first) return []
  const all = await fetchVolumeSizes(await host.open<VolumesConfig>('volumes', first))
  const sizes = new Map(all.map(({ name, bytes }) => [name, bytes]))
  return Promise.all(
    subjects.environments.map(async (environment: Environment) => {
      const context = await host.open<VolumesConfig>('volumes', environment)
      const listed = await unlessNotMade(listVolumes(context), subjects)
      const volumes = listed.map(({ key, name, kind }) => ({
        key,
        name,
        kind,
        bytes: sizes.get(name) ?? null,
      }))
      const own = volumes.filter(({ kind }) => kind === 'own')
      const bytes = own.reduce((sum, volume) => sum + (volume.bytes ?? 0), 0)
      return { environment: environment.name, volumes, bytes }
    }),
  )
}
