import { Args, Flags } from '@oclif/core'
import { readTerminal } from '@piko/sdk'
import { BaseCommand } from '../oclif/base-command.js'
import { compareOne } from '../doctor/compare.js'
import { readServices } from '../environment/known-services.js'
import { findFailureLog } from '../environment/failure-log.js'
import { fetchLiveOf } from '../environment/live.js'
import { findMissingPlugins } from '../environment/missing-plugins.js'
import { measureEnvironment } from '../environment/sizes.js'
import { readDependencies } from '../output/dependencies.js'
import { environmentAnswer } from '../output/environment.js'
import { problemText } from '../output/problem.js'
import { liveAnswer } from '../output/live.js'
import { statusLines } from '../output/status.js'
import { serviceRows } from '../output/status-services.js'
import { decisionsIn, type Workspace } from '../workspace/open.js'

/** How long to wait for live data. */
const milliseconds = 10_000

export default class Status extends BaseCommand {
  static override completes = ['environment'] as const
  static override summary = 'Show the services, commits and warnings of an environment'
  static override description =
    'Asks Docker what is running and git what is not committed. If Docker does not answer, says so and shows what piko ' +
    'has recorded. Without NAME, uses the environment of the current folder, or the only one.'
  static override examples = [
    '<%= config.bin %> status feature-auth',
    { description: 'Include disk usage', command: '<%= config.bin %> status feature-auth --size' },
    { description: 'Print JSON for a program', command: '<%= config.bin %> status --json' },
  ]
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
  }
  static override flags = {
    size: Flags.boolean({
      summary: 'Show the disk usage of the worktree, the volumes and the images built for it',
    }),
    verbose: Flags.boolean({ summary: 'Show plugins and steps too' }),
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(Status)
    const { workspace, record } = await this.openEnvironment(args.name, { tolerant: true, isReading: true })
    const signal = AbortSignal.timeout(milliseconds)
    const [{ live, problems }, measured, plugins] = await Promise.all([
      fetchLiveOf({ workspace, record, signal }),
      flags.size ? measureEnvironment(workspace, record) : undefined,
      describePlugins(workspace),
    ])
    const differences = await compareOne({ workspace, signal }, { record, live })
    const { services: _, ...liveFacts } = liveAnswer(record.status, live)
    const answer = {
      ...environmentAnswer(workspace, record),
      ...liveFacts,
      services: serviceRows(live.known ?? readServices(workspace.state, record.name), live.services),
      problems: [...new Set([...problems, ...(measured?.problems ?? [])].map(problemText))],
      ...(measured && { sizes: measured.sizes }),
      ...plugins,
      differences: differences.map(({ title, hints }) => ({ title, hints })),
      dependencies: readDependencies(workspace, record.name),
      missing: findMissingPlugins(workspace, record.name),
      ...(record.status === 'failed' && { log: findFailureLog(workspace.project.root, record.name) }),
    }
    const { status: recorded } = record
    const terminal = readTerminal(process.stdout)
    this.printLines(statusLines({ answer, recorded, live, isVerbose: flags.verbose, terminal }))
    return answer
  }
}

async function describePlugins(workspace: Workspace) {
  const plugins = (await decisionsIn(workspace)).map(({ plugin, wanted, because }) => {
    return { name: plugin.name, version: plugin.version, active: wanted, because }
  })
  const broken = workspace.loaded.broken.map(({ packageName, error }) => ({
    package: packageName,
    problem: error.message,
  }))
  return { plugins, broken }
}
