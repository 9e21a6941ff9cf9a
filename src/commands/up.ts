import { Flags } from '@oclif/core'
import { warningLines } from '@piko/sdk'
import { upArgs, UpCommand, upFlags } from '../oclif/up-command.js'
import { environmentAnswer } from '../output/environment.js'

export default class Up extends UpCommand {
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
  static override args = upArgs('Start only these services and their dependencies')
  static override flags = {
    env: upFlags.env,
    detach: Flags.boolean({
      char: 'd',
      summary: 'Accepted for habit; piko never attaches to the containers',
    }),
    trust: upFlags.trust,
    verbose: upFlags.verbose,
  }

  async run(): Promise<object> {
    const { workspace, record } = await this.bringUp('up')
    const answer = environmentAnswer(workspace, record)
    this.printLines(warningLines(answer.warnings))
    this.log('✓ Environment ready')
    return answer
  }
}
