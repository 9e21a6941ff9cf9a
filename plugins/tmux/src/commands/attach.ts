import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { goToSession } from '../session/go.js'

export default class Attach extends PikoCommand {
  static override enableJsonFlag = false
  static override summary = 'Go to the tmux session of an environment'
  static override description =
    'Inside tmux, the terminal is switched to it; elsewhere it is handed over, until the session is left with the ' +
    'prefix and d. Without NAME, the environment of the current folder. To choose from a list, see `piko switch`.'
  static override examples = [
    {
      description: 'To the session of feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    { description: 'From inside the worktree', command: '<%= config.bin %> <%= command.id %>' },
  ]
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }

  async run(): Promise<void> {
    const { args } = await this.parse(Attach)
    const host = await this.host()
    this.exit(await goToSession(host, await host.environment(args.name)))
  }
}
