import { Args, Flags, run } from '@oclif/core'
import { accessLines, shellWord, warningLines } from '@piko/sdk'
import { BaseCommand, trustFlag, verboseFlag } from '../oclif/base-command.js'
import { createEnvironment, planCreation } from '../environment/create.js'
import type { CreateRequest } from '../environment/prepare-create.js'
import { offerPlugins } from '../oclif/offer-plugins.js'
import { environmentAnswer } from '../output/environment.js'
import { planAnswer, planLines } from '../output/plan.js'
import { summaryLines } from '../output/summary.js'
import { parsePins } from '../ports/pin.js'
import type { Workspace } from '../workspace/open.js'

export default class Create extends BaseCommand {
  static override completes = ['branch'] as const
  static override summary = 'Create an environment for a branch: worktree, ports, containers and data'
  static override description =
    'Creates the branch if it does not exist; otherwise uses the existing local or remote one. If a step fails, keeps the ' +
    'environment with its containers stopped: run the same command again to resume it. Ctrl-C removes what it created.'
  static override examples = [
    '<%= config.bin %> create feature-auth',
    '<%= config.bin %> create hotfix --from v2.3.1 --no-start',
    '<%= config.bin %> create feature-auth --port db:5432=10199',
    '<%= config.bin %> create feature-auth --dry-run',
  ]
  static override args = {
    name: Args.string({ required: true, description: 'Name of the branch, and of the environment' }),
  }
  static override flags = {
    branch: Flags.string({ summary: 'Use this branch; NAME then names the environment only' }),
    from: Flags.string({ summary: 'Start a new branch at this commit, tag or branch', helpValue: 'REF' }),
    'no-start': Flags.boolean({ summary: 'Create the worktree and generated files, but start nothing' }),
    'dry-run': Flags.boolean({ summary: 'Show what would happen, and change nothing' }),
    rollback: Flags.boolean({ summary: 'Remove everything again if a step fails' }),
    'keep-on-failure': Flags.boolean({ hidden: true, summary: 'The default; accepted for older scripts' }),
    port: Flags.string({
      summary: 'Publish a service on this host port',
      helpValue: 'SERVICE:PORT=N',
      multiple: true,
    }),
    trust: trustFlag,
    verbose: verboseFlag,
  }

  async run(): Promise<object> {
    const plugins = this.pluginFlags('create')
    const words = this.argv
    const { args, flags } = await this.parse({
      ...Create,
      flags: { ...Create.flags, ...plugins.definitions },
    })
    const session = this.session()
    const workspace = await session.workspace()
    if (this.canPrompt() && (await offerPlugins(this.config, workspace.absent)))
      return this.startOver(workspace)
    const request: CreateRequest = {
      workspace,
      version: session.version,
      narrator: session.narrator,
      name: args.name,
      branch: flags.branch,
      from: flags.from,
      start: !flags['no-start'],
      rollback: flags.rollback || workspace.config.create.rollback,
      command: ['piko create', ...words.map(shellWord)].join(' '),
      pinned: parsePins(flags.port ?? []),
      flags: plugins.sort(flags),
      consent: this.consent(flags.trust),
    }
    if (flags['dry-run']) {
      const plan = await planCreation(request)
      this.printLines(planLines(plan, { name: args.name, folder: session.folder }))
      return planAnswer(plan)
    }
    const { record, reports, access } = await createEnvironment(request)
    const answer = { ...environmentAnswer(request.workspace, record), access }
    this.printLines(accessLines(access))
    this.printLines(reports.map(report => `✓ ${report}`))
    this.printLines(warningLines(answer.warnings))
    this.log(
      request.start
        ? '✓ Environment ready'
        : `✓ Environment prepared; to start it, run \`piko up ${record.name}\``,
    )
    const about = { folder: session.folder, started: request.start }
    if (!this.jsonEnabled()) for (const line of summaryLines(answer, about)) this.logToStderr(line)
    return answer
  }

  /** Starts over: newly installed plugins add flags and schemas, so nothing read before is valid. */
  private async startOver(workspace: Workspace): Promise<object> {
    workspace.close()
    return (await run(['create', ...this.argv], this.config.root)) as object // the answer of the inner `create`
  }
}
