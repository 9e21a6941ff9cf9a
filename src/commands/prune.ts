import { Flags } from '@oclif/core'
import { bytesText } from '@piko/sdk'
import { findPrunable, type Prunables } from '../environment/prune/find.js'
import { removeAll } from '../environment/prune/remove.js'
import { environmentErrors } from '../errors/environment.js'
import { BaseCommand, verboseFlag } from '../oclif/base-command.js'
import { ask } from '../output/ask.js'
import { bytesOf, pruneAnswer, pruneLines } from '../output/prune.js'

export default class Prune extends BaseCommand {
  static override summary = 'Remove environments that are no longer needed'
  static override description =
    'Finds environments whose branch is in the default branch: merged, rebased, squashed, or with the same content. With ' +
    '--older, also finds those unused for a time: no command of piko, no commit, no use of git. Lists them with reasons and asks once. ' +
    'Keeps an environment with uncommitted work. Branches stay unless you give --delete-branch, and even then those with ' +
    'commits that the default branch lacks.'
  static override examples = [
    { description: 'Show what would be removed', command: '<%= config.bin %> prune --dry-run' },
    { description: 'Remove merged ones without asking', command: '<%= config.bin %> prune --merged --yes' },
    { description: 'Remove those unused for two weeks', command: '<%= config.bin %> prune --older 14d' },
  ]
  static override flags = {
    merged: Flags.boolean({ summary: 'Remove those whose branch is merged (default without --older)' }),
    older: Flags.string({ summary: 'Remove those unused for this time, such as 14d', helpValue: 'AGE' }),
    'dry-run': Flags.boolean({ summary: 'Show what would be removed, and change nothing' }),
    yes: Flags.boolean({ char: 'y', summary: 'Remove without asking' }),
    'delete-branch': Flags.boolean({ summary: 'Delete merged branches too' }),
    verbose: verboseFlag,
  }

  async run(): Promise<object> {
    const { flags } = await this.parse(Prune)
    const session = this.session()
    const olderThan = flags.older === undefined ? undefined : parseAge(flags.older)
    const workspace = await session.workspace({ tolerant: true })
    const merged = flags.merged || olderThan === undefined
    const found = await findPrunable({
      workspace,
      folder: session.folder,
      merged,
      olderThan,
      now: Date.now(),
    })
    const answer = { ...pruneAnswer(found), dryRun: flags['dry-run'] }
    this.printLines(pruneLines(found))
    if (found.prunable.length === 0) {
      this.log('✓ Nothing to remove')
      return answer
    }
    if (flags['dry-run']) return answer
    if (!flags.yes) await this.confirm(found)
    const { version, narrator } = session
    const removed = (name: string) => this.log(`✓ Destroyed ${name}`)
    const run = {
      workspace,
      version,
      narrator,
      consent: this.consent(false),
      deleteBranch: flags['delete-branch'],
      removed,
    }
    await removeAll(run, found.prunable)
    return answer
  }

  private async confirm({ prunable }: Prunables): Promise<void> {
    const command = ['piko prune', ...this.argv, '--yes'].join(' ')
    const lines = prunable.map(({ record }) => record.name)
    if (!this.canPrompt()) throw environmentErrors.PRUNE_UNCONFIRMED({ lines, command })
    const bytes = bytesText(prunable.reduce((sum, one) => sum + bytesOf(one), 0))
    const what = prunable.length === 1 ? 'this environment' : `these ${prunable.length} environments`
    if (!(await ask(`Remove ${what} with containers and data (${bytes})?`)))
      throw environmentErrors.PRUNE_DECLINED()
  }
}

const milliseconds: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 }

function parseAge(age: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,4})([hdw])$/.exec(age) ?? []
  const size = milliseconds[unit]
  if (count === undefined || size === undefined) throw environmentErrors.PRUNE_AGE_INVALID({ age })
  return Number(count) * size
}
