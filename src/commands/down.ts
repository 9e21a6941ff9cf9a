import { Args, Flags } from '@oclif/core'
import { runErrors } from '../errors/runs.js'
import { BaseCommand, verboseFlag } from '../oclif/base-command.js'
import { downEnvironment } from '../environment/down.js'
import { runForFlag } from '../host/run-for-flag.js'
import { ask } from '../output/ask.js'
import { environmentAnswer } from '../output/environment.js'

export default class Down extends BaseCommand {
  static override completes = ['environment'] as const
  static override summary = 'Stop an environment and keep its worktree, ports and data'
  static override description =
    'Removes its containers and networks, as `docker compose down` does; volumes stay. `piko up` starts it again ' +
    'on the same ports.'
  static override examples = ['<%= config.bin %> down feature-auth', '<%= config.bin %> down']
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
  }

  static override flags = {
    yes: Flags.boolean({ char: 'y', summary: 'Do not ask for confirmation' }),
    forget: Flags.boolean({ summary: 'Keep what uninstalled plugins created' }),
    verbose: verboseFlag,
  }

  async run(): Promise<object> {
    const plugins = this.pluginFlags('down')
    const { args, flags } = await this.parse({ ...Down, flags: { ...Down.flags, ...plugins.definitions } })
    const run = plugins.runOf(flags)
    if (run !== undefined) return this.startProjectRun(run, flags.yes)
    const { workspace, record } = await this.openEnvironment(args.name, { tolerant: true })
    const { version, narrator } = this.session()
    const { forget } = flags
    await downEnvironment({ workspace, version, record, narrator, forget, flags: plugins.sort(flags) })
    this.log(`✓ Stopped ${record.name}; to start it again, run \`piko up ${record.name}\``)
    return environmentAnswer(workspace, record)
  }

  /** Starts the project-wide run of a plugin's flag instead of stopping an environment. */
  private async startProjectRun(id: string, yes: boolean): Promise<object> {
    const confirm = async (question: string) => {
      if (yes) return
      if (!this.canPrompt()) throw runErrors.ANSWER_NEEDED({ question })
      if (!(await ask(question))) throw runErrors.RUN_DECLINED()
    }
    const { reports } = await runForFlag(this.session(), { id, confirm })
    this.printLines(reports.map(report => `✓ ${report}`))
    return { reports }
  }
}
