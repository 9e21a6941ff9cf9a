import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { splitTarget } from '../environment/find.js'
import { upEnvironment } from '../environment/up.js'
import { environmentAnswer } from '../output/environment.js'

export default class Up extends BaseCommand {
  static override summary = 'Start an environment, or take it up to date'
  static override description =
    'Goes on from wherever the environment is: prepared, stopped, failed half-way, or running with a changed Compose file.'
  static override examples = [
    '<%= config.bin %> up feature-auth',
    '<%= config.bin %> up feature-auth web',
    '<%= config.bin %> up --json',
  ]
  static override strict = false
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
    services: Args.string({ description: 'Only these services, and what they depend on' }),
  }
  static override flags = {
    env: Flags.string({ summary: 'The environment, when the first word could be a service too' }),
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
    this.say(reports.map(report => `✓ ${report}`))
    const answer = environmentAnswer(workspace, record)
    this.say(answer.warnings.map(({ message }) => `! ${message}`))
    this.log('✓ Environment ready')
    return answer
  }
}
