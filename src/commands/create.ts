import { Args, Flags, run } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { createEnvironment, planCreation, type CreateRequest } from '../environment/create.js'
import { offerPlugins } from '../host/offer-plugins.js'
import { environmentAnswer } from '../output/environment.js'
import { planAnswer, planLines } from '../output/plan.js'
import { parsePins } from '../ports/pin.js'
import type { Workspace } from '../workspace/open.js'

export default class Create extends BaseCommand {
  static override summary = 'Make an environment for a branch: worktree, ports, containers, data'
  static override description =
    'The branch is made when there is none of that name; an existing one, local or of a remote, is used. A create that ' +
    'fails takes back what it made; one that was cut off goes on where it stopped when it is run again.'
  static override examples = [
    '<%= config.bin %> create feature-auth',
    '<%= config.bin %> create hotfix --from v2.3.1 --no-start',
    '<%= config.bin %> create feature-auth --port db:5432=10199',
    '<%= config.bin %> create feature-auth --dry-run',
  ]
  static override args = {
    name: Args.string({ required: true, description: 'Name of the branch and of the environment' }),
  }
  static override flags = {
    branch: Flags.string({ summary: 'Use this branch; NAME is then the name of the environment alone' }),
    from: Flags.string({ summary: 'Start a new branch at this commit, tag or branch', helpValue: 'REF' }),
    'no-start': Flags.boolean({ summary: 'Make the worktree and the generated files, start nothing' }),
    'dry-run': Flags.boolean({ summary: 'Say what would be done and why, change nothing' }),
    'keep-on-failure': Flags.boolean({ summary: 'Leave what was made when a step fails, for a look at it' }),
    port: Flags.string({
      summary: 'Give a service this host port',
      helpValue: 'SERVICE:PORT=N',
      multiple: true,
    }),
  }

  async run(): Promise<object> {
    const plugins = this.pluginFlags('create')
    const { args, flags } = await this.parse({
      ...Create,
      flags: { ...Create.flags, ...plugins.definitions },
    })
    const session = this.session()
    const workspace = await session.workspace()
    if (this.canAsk() && (await offerPlugins(this.config, workspace.absent))) return this.startAnew(workspace)
    const request: CreateRequest = {
      workspace,
      version: session.version,
      narrator: session.narrator,
      name: args.name,
      branch: flags.branch,
      from: flags.from,
      start: !flags['no-start'],
      keepOnFailure: flags['keep-on-failure'],
      pinned: parsePins(flags.port ?? []),
      flags: plugins.sort(flags),
    }
    if (flags['dry-run']) {
      const plan = await planCreation(request)
      this.say(planLines(plan))
      return planAnswer(plan)
    }
    const { record, reports } = await createEnvironment(request)
    const answer = environmentAnswer(request.workspace, record)
    this.say(reports.map(report => `✓ ${report}`))
    this.say(answer.warnings.map(({ message }) => `! ${message}`))
    this.log(
      request.start
        ? '✓ Environment ready'
        : `✓ Environment prepared; to start it, run \`piko up ${record.name}\``,
    )
    return answer
  }

  /** What has just been installed brings flags and schemas: nothing that was read before holds any more. */
  private async startAnew(workspace: Workspace): Promise<object> {
    workspace.close()
    return (await run(['create', ...this.argv], this.config.root)) as object // what `run` below has answered
  }
}
