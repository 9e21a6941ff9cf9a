import { Args } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { runInEnvironment } from '../environment/run-command.js'

export default class Run extends BaseCommand {
  static override summary = 'Run a command in the worktree of an environment, with its variables'
  static override description =
    'The command runs on the host and ends piko with its own exit code. Without one, `scripts.run` of .piko.yml runs.'
  static override examples = [
    '<%= config.bin %> run feature-auth -- npm test',
    '<%= config.bin %> run feature-auth',
    '<%= config.bin %> run -- env',
  ]
  static override strict = false
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
    command: Args.string({ description: 'The command and its arguments, behind `--`' }),
  }

  async run(): Promise<object> {
    await this.parse(Run)
    const at = this.argv.indexOf('--')
    const before = this.argv.slice(0, at < 0 ? undefined : at).filter(word => !word.startsWith('-'))
    const command = at < 0 ? before.slice(1) : [...before.slice(1), ...this.argv.slice(at + 1)]
    const { workspace, record } = await this.about(before[0], { tolerant: true })
    const exitCode = await runInEnvironment(record, { command, script: workspace.config.scripts.run })
    process.exitCode = exitCode
    return { name: record.name, command, exitCode }
  }
}
