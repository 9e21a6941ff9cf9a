import { Args } from '@oclif/core'
import { requireTrustInCommands } from '../environment/trust/commands.js'
import { BaseCommand } from '../oclif/base-command.js'
import { isNamed } from '../environment/find.js'
import { requireKnownPath } from '../environment/known-path.js'
import { runInEnvironment } from '../environment/run-command.js'

export default class Run extends BaseCommand {
  static override completes = ['environment'] as const
  static override summary = "Run a command on this machine, in an environment's worktree"
  static override description =
    "The command gets the environment's variables, and piko exits with its exit code. Without a command, runs " +
    '`scripts.run` of .piko.yml.'
  static override examples = [
    '<%= config.bin %> run feature-auth -- npm test',
    '<%= config.bin %> run feature-auth',
    '<%= config.bin %> run -- env',
  ]
  static override strict = false
  static override ownWords = 0
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
    command: Args.string({ description: 'Command and arguments, after `--`' }),
  }

  async run(): Promise<object> {
    const { argv } = await this.parse(Run)
    const command = this.passed
    const { workspace, record } = await this.openEnvironment(argv.map(String)[0], { tolerant: true })
    requireKnownPath(workspace.repository, record)
    if (command.length === 0 && workspace.config.scripts.run !== undefined)
      await requireTrustInCommands(workspace, 'run', this.consent(false))
    const exitCode = await runInEnvironment(record, { command, script: workspace.config.scripts.run })
    process.exitCode = exitCode
    return { name: record.name, command, exitCode }
  }

  /** Matches the way `run` itself finds it, even if the configuration cannot be read. */
  protected override async namesEnvironment(word: string): Promise<boolean> {
    const { state } = await this.session().workspace({ tolerant: true })
    return isNamed(state, { word, folder: this.session().folder })
  }
}
