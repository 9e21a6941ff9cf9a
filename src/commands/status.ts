import { Args } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { findMissingPlugins } from '../environment/missing-plugins.js'
import { environmentAnswer, environmentLines } from '../output/environment.js'
import { decisionsIn } from '../workspace/open.js'

export default class Status extends BaseCommand {
  static override summary = 'Show what piko knows of an environment: ports, warnings, plugins, steps'
  static override description =
    'No engine is asked: what runs is what `piko ps` shows. Without NAME, the environment of the current folder.'
  static override examples = ['<%= config.bin %> status feature-auth', '<%= config.bin %> status --json']
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }

  async run(): Promise<object> {
    const { args } = await this.parse(Status)
    const { workspace, record } = await this.about(args.name, { tolerant: true })
    const plugins = (await decisionsIn(workspace)).map(({ plugin, wanted, because }) => {
      return { name: plugin.name, version: plugin.version, active: wanted, because }
    })
    const broken = workspace.loaded.broken.map(({ packageName, error }) => ({
      package: packageName,
      problem: error.message,
    }))
    const missing = findMissingPlugins(workspace, record.name)
    const answer = { ...environmentAnswer(workspace, record), plugins, broken, missing }
    this.say(environmentLines(answer))
    return answer
  }
}
