import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { goToSession } from '../terminal/go.js'

export default class Attach extends PikoCommand {
  static override enableJsonFlag = false
  static override completes = ['environment'] as const
  static override summary = 'Attach to the tmux session of an environment'
  static override description =
    'Inside tmux, switches to the session. To choose from a list, run `piko switch`. Without NAME, uses the ' +
    'environment of the current folder.'
  static override examples = [
    {
      description: 'Attach to feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    { description: 'Leave out the name inside the worktree', command: '<%= config.bin %> <%= command.id %>' },
  ]
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
  }

  async run(): Promise<void> {
    const { args } = await this.parse(Attach)
    const host = await this.host()
    this.exit(await goToSession(host, await host.environment(args.name)))
  }
}
