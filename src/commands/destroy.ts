import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { destroyEnvironment } from '../environment/destroy.js'
import { dataWouldBeLost, declined } from '../environment/errors.js'
import { ask } from '../output/ask.js'

export default class Destroy extends BaseCommand {
  static override summary = 'Remove an environment with all that was made for it'
  static override description =
    'Containers, networks, volumes, images of its own, its worktree and its leases go. Uncommitted or unpushed work is ' +
    'never lost without --force; the branch stays unless --delete-branch is given.'
  static override hiddenAliases = ['rm']
  static override examples = [
    '<%= config.bin %> destroy feature-auth',
    '<%= config.bin %> destroy feature-auth --yes --delete-branch',
    '<%= config.bin %> destroy feature-auth --yes --keep-volumes',
  ]
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }
  static override flags = {
    yes: Flags.boolean({ char: 'y', summary: 'Remove its data without asking' }),
    force: Flags.boolean({ char: 'f', summary: 'Go on although uncommitted or unpushed work is lost' }),
    'delete-branch': Flags.boolean({ summary: 'Delete the branch too' }),
    'keep-volumes': Flags.boolean({ summary: 'Leave its volumes and databases where they are' }),
    forget: Flags.boolean({ summary: 'Leave what plugins made that are no longer installed' }),
  }

  async run(): Promise<object> {
    const plugins = this.pluginFlags('destroy')
    const { args, flags } = await this.parse({
      ...Destroy,
      flags: { ...Destroy.flags, ...plugins.definitions },
    })
    const { workspace, record } = await this.about(args.name, { tolerant: true })
    const { version, narrator } = this.session()
    const { kept } = await destroyEnvironment({
      workspace,
      version,
      record,
      narrator,
      force: flags.force,
      deleteBranch: flags['delete-branch'],
      keepData: flags['keep-volumes'],
      forget: flags.forget,
      flags: plugins.sort(flags),
      confirm: losses => (flags.yes ? Promise.resolve() : this.confirm(record.name, losses)),
    })
    this.say(kept.map(title => `! Left as asked: ${title}`))
    this.log(
      `✓ Destroyed ${record.name}${flags['delete-branch'] ? '' : `; the branch ${record.branch} is still there`}`,
    )
    return { name: record.name, branch: record.branch, kept }
  }

  /** On a terminal the user is asked; elsewhere data goes only with `--yes`. */
  private async confirm(name: string, losses: readonly string[]): Promise<void> {
    if (this.canAsk()) {
      if (!(await ask(`Destroy ${name}${losses.length > 0 ? ' with its data' : ''}?`))) throw declined(name)
    } else if (losses.length > 0) throw dataWouldBeLost({ name, what: losses })
  }
}
