import { Args } from '@oclif/core'
import { requireTrustInCommands } from '../environment/trust/commands.js'
import { BaseCommand } from '../oclif/base-command.js'
import { isNamed, requireEnvironmentAt } from '../environment/find.js'
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
    const session = this.session()
    const { state, repository } = await session.recorded('write')
    const record = requireEnvironmentAt(state, argv.map(String)[0], session.folder)
    requireKnownPath(repository, record)
    const script = command.length > 0 ? undefined : await this.trustedScript()
    const exitCode = await runInEnvironment(record, { command, script })
    process.exitCode = exitCode
    return { name: record.name, command, exitCode }
  }

  /** `scripts.run`, once the user trusts it. */
  private async trustedScript(): Promise<string | undefined> {
    const workspace = await this.session().workspace()
    const { run: script } = workspace.config.scripts
    if (script !== undefined) await requireTrustInCommands(workspace, 'run', this.consent(false))
    return script
  }

  /** Matches the way `run` itself finds it, even if the configuration cannot be read. */
  protected override async namesEnvironment(word: string): Promise<boolean> {
    const session = this.session()
    const { state } = await session.recorded('write')
    return isNamed(state, { word, folder: session.folder })
  }
}
