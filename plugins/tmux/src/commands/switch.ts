import { PikoCommand } from '@piko/sdk/command'
import { sessionErrors } from '../errors/session.js'
import { pick } from '../terminal/pick.js'
import { goToSession } from '../terminal/go.js'
import { listSessions } from '../terminal/list.js'

export default class Switch extends PikoCommand {
  static override enableJsonFlag = false
  static override summary = 'Choose an environment and attach to its tmux session'
  static override description =
    'Arrows move, letters filter, Enter attaches and Escape cancels. Without a terminal, run `piko attach NAME`.'
  static override examples = [
    { description: 'Choose from a list', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Attach without choosing', command: '<%= config.bin %> attach feature-auth' },
  ]

  async run(): Promise<void> {
    await this.parse(Switch)
    if (!process.stdin.isTTY || !process.stderr.isTTY)
      throw sessionErrors.TMUX_NO_TERMINAL({ environment: 'NAME' })
    const host = await this.host()
    const sessions = await listSessions(host)
    if (sessions.length === 0) throw sessionErrors.TMUX_SESSION_MISSING({})
    const environment = await pick(
      sessions.map(({ environment: name, attached }) => ({ name, note: attached ? 'attached' : '' })),
    )
    if (environment === undefined) return this.exit(130)
    this.exit(await goToSession(host, await host.environment(environment)))
  }
}
