import { Args, Flags } from '@oclif/core'
import { warningLines } from '@piko/sdk'
import { BaseCommand, verboseFlag } from '../oclif/base-command.js'
import { splitTarget } from '../environment/find.js'
import { upEnvironment } from '../environment/up.js'
import { environmentAnswer } from '../output/environment.js'

export default class Up extends BaseCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Start an environment, or apply what has changed'
  static override description =
    'Continues from any state: prepared, stopped, failed, or running with a changed Compose file.'
  static override examples = [
    '<%= config.bin %> up feature-auth',
    '<%= config.bin %> up feature-auth web',
    '<%= config.bin %> up --json',
  ]
  static override strict = false
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
    services: Args.string({ description: 'Start only these services and their dependencies' }),
  }
  static override flags = {
    env: Flags.string({ summary: 'Use this environment, if a name could also be a service' }),
    detach: Flags.boolean({
      char: 'd',
      summary: 'Accepted for habit; piko never attaches to the containers',
    }),
    verbose: verboseFlag,
  }

  async run(): Promise<object> {
    const plugins = this.pluginFlags('up')
    const { argv, flags } = await this.parse({ ...Up, flags: { ...Up.flags, ...plugins.definitions } })
    const session = this.session()
    const workspace = await session.workspace()
    const words = argv.map(String)
    const { record, rest } = splitTarget(workspace.state, { words, asked: flags.env, folder: session.folder })
    const { version, narrator } = session
    const about = { workspace, version, narrator, record, verb: 'up' as const }
    const { reports } = await upEnvironment({ ...about, flags: plugins.sort(flags), targets: rest })
    this.printLines(reports.map(report => `✓ ${report}`))
    const answer = environmentAnswer(workspace, record)
    this.printLines(warningLines(answer.warnings))
    this.log('✓ Environment ready')
    return answer
  }
}
