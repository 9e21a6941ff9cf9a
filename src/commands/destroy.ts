import { Args, Flags } from '@oclif/core'
import { environmentErrors } from '../errors/environment.js'
import { BaseCommand, verboseFlag } from '../oclif/base-command.js'
import { destroyEnvironment } from '../environment/destroy.js'
import { ask } from '../output/ask.js'

export default class Destroy extends BaseCommand {
  static override completes = ['environment'] as const
  static override summary = 'Remove an environment and everything piko created for it'
  static override description =
    'Removes its containers, networks, volumes, images and worktree. Refuses to lose work unless you give --force: ' +
    'uncommitted changes, or commits that nothing else has. The branch stays unless you give --delete-branch.'
  static override hiddenAliases = ['rm']
  static override examples = [
    '<%= config.bin %> destroy feature-auth',
    '<%= config.bin %> destroy feature-auth --yes --delete-branch',
    '<%= config.bin %> destroy feature-auth --yes --keep-volumes',
  ]
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
  }
  static override flags = {
    yes: Flags.boolean({ char: 'y', summary: 'Remove data without asking' }),
    force: Flags.boolean({ char: 'f', summary: 'Destroy it even if work is lost' }),
    'delete-branch': Flags.boolean({ summary: 'Delete the branch too' }),
    'keep-volumes': Flags.boolean({ summary: 'Keep its volumes and databases' }),
    forget: Flags.boolean({ summary: 'Keep what uninstalled plugins created' }),
    verbose: verboseFlag,
  }

  async run(): Promise<object> {
    const plugins = this.pluginFlags('destroy')
    const { args, flags } = await this.parse({
      ...Destroy,
      flags: { ...Destroy.flags, ...plugins.definitions },
    })
    const { workspace, record } = await this.openEnvironment(args.name, { tolerant: true })
    const { version, narrator } = this.session()
    const { kept, branch, isBranchLeft } = await destroyEnvironment({
      workspace,
      version,
      record,
      narrator,
      force: flags.force,
      deleteBranch: flags['delete-branch'],
      command: callOf(record.name, flags),
      keepData: flags['keep-volumes'],
      forget: flags.forget,
      flags: plugins.sort(flags),
      consent: this.consent(false),
      confirm: losses => (flags.yes ? Promise.resolve() : this.confirm(record.name, { losses, flags })),
    })
    this.printLines(kept.map(title => `! Kept: ${title}`))
    this.log(`✓ Destroyed ${record.name}${isBranchLeft ? `; the branch ${branch} is still there` : ''}`)
    return { name: record.name, branch, kept }
  }

  /** Asks on a terminal. Elsewhere, data is deleted only with `--yes`. */
  private async confirm(name: string, { losses, flags }: Losing): Promise<void> {
    if (this.canPrompt()) {
      if (!(await ask(`Destroy ${name}${losses.length > 0 ? ' with its data' : ''}?`)))
        throw environmentErrors.DESTROY_DECLINED({ name })
    } else if (losses.length > 0) {
      const command = `${callOf(name, flags)} --yes`
      throw environmentErrors.DATA_WOULD_BE_LOST({ name, what: losses, command })
    }
  }
}

interface Losing {
  readonly losses: readonly string[]
  readonly flags: GivenFlags
}

type GivenFlags = Readonly<Record<(typeof repeated)[number], boolean>>

const repeated = ['yes', 'force', 'delete-branch', 'keep-volumes', 'forget'] as const

/** The same call, for hints that add a flag. */
function callOf(name: string, flags: GivenFlags): string {
  const given = repeated.filter(flag => flags[flag]).map(flag => `--${flag}`)
  return ['piko destroy', name, ...given].join(' ')
}
