import { upArgs, UpCommand, upFlags } from '../oclif/up-command.js'
import { environmentAnswer } from '../output/environment.js'

export default class Restart extends UpCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Restart the services of an environment'
  static override description = 'Applies what has changed first, as `piko up` does.'
  static override examples = [
    '<%= config.bin %> restart feature-auth',
    '<%= config.bin %> restart feature-auth web',
    '<%= config.bin %> restart --json',
  ]
  static override strict = false
  static override args = upArgs('Restart only these services')
  static override flags = upFlags

  async run(): Promise<object> {
    const { workspace, record } = await this.bringUp('restart')
    this.log('✓ Environment restarted')
    return environmentAnswer(workspace, record)
  }
}
