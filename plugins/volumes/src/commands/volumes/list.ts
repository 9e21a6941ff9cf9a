import { Args } from '@oclif/core'
import { fittedLines, readTerminal } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { requireSubjects, unlessNotMade } from '../../choice/every.js'
import { listVolumes } from '../../choice/list.js'
import type { VolumesConfig } from '../../config.js'
import { copy } from '../../steps/copy.js'

export default class VolumesList extends PikoCommand {
  static override completes = ['environment'] as const
  static override summary = 'List the volumes of an environment, or of all'
  static override description =
    'Shows what created them, where their data came from, and which running containers use them. Without NAME, lists ' +
    'those of the environment of the current folder; outside a worktree, of all environments.'
  static override examples = [
    { description: 'List those of all environments', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'List those of feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'Print JSON, from inside the worktree',
      command: '<%= config.bin %> <%= command.id %> --json',
    },
  ]
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder, or all)' }),
  }

  async run() {
    const { args } = await this.parse(VolumesList)
    const host = await this.host()
    const subjects = await requireSubjects(host, args.name)
    const answers = await Promise.all(
      subjects.environments.map(async environment => {
        const context = await host.open<VolumesConfig>('volumes', environment)
        return {
          environment: environment.name,
          volumes: await unlessNotMade(listVolumes(context, context.receipt(copy)?.copied), subjects),
        }
      }),
    )
    const rows = answers.flatMap(({ environment, volumes }) =>
      volumes.map(({ key, name, kind, isThere, copiedFrom, usedBy }) => [
        ...(subjects.isAll ? [environment] : []),
        key,
        isThere ? name : `${name} (not created yet)`,
        kind,
        copiedFrom ?? '',
        usedBy.join(', '),
      ]),
    )
    if (rows.length === 0)
      this.log(
        subjects.isAll
          ? 'No environment has volumes'
          : `${args.name ?? answers[0]?.environment} has no volumes`,
      )
    const columns = [
      ...(subjects.isAll ? [{ title: 'Environment', gives: 4 }] : []),
      { title: 'Volume', gives: 5 },
      { title: 'Name', gives: 3 },
      { title: 'Kind' },
      { title: 'Copied from', gives: 2 },
      { title: 'Used by', gives: 1 },
    ]
    for (const line of fittedLines(columns, rows, readTerminal(process.stdout))) this.log(line)
    return subjects.isAll ? { environments: answers } : { ...answers[0] }
  }
}
