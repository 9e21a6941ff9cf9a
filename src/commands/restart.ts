import { Args, Flags } from '@oclif/core'
import { BaseCommand, verboseFlag } from '../oclif/base-command.js'
import { splitTarget } from '../environment/find.js'
import { upEnvironment } from '../environment/up.js'
import { environmentAnswer } from '../output/environment.js'

export default class Restart extends BaseCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Restart the services of an environment'
  static override description = 'Applies what has changed first, as `piko up` does.'
  static override examples = [
    '<%= config.bin %> restart feature-auth',
    '<%= config.bin %> restart feature-auth web',
    '<%= config.bin %> restart --json',
  ]
  static override strict = false
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
    services: Args.string({ description: 'Restart only these services' }),
  }
  static override flags = {
    env: Flags.string({ summary: 'Use this environment, if a name could also be a service' }),
    verbose: verboseFlag,
  }

  async run(): Promise<object> {
    const plugins = this.pluginFlags('restart')
    const { argv, flags } = await this.parse({
      ...Restart,
      flags: { ...Restart.flags, ...plugins.definitions },
    })
    const session = this.session()
    const workspace = await session.workspace()
    const words = argv.map(String)
    const { record, rest } = splitTarget(workspace.state, { words, asked: flags.env, folder: session.folder })
    const { version, narrator } = session
    const about = { workspace, version, narrator, record, verb: 'restart' as const }
    const { reports } = await upEnvironment({ ...about, flags: plugins.sort(flags), targets: rest })
    this.printLines(reports.map(report => `✓ ${report}`))
    this.log('✓ Environment restarted')
    return environmentAnswer(workspace, record)
  }
}
