import { tableLines } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { listSessions } from '../terminal/list.js'

export default class Sessions extends PikoCommand {
  static override summary = 'List the tmux sessions of environments'
  static override description = 'Lists those of this project. A session that a terminal shows is attached.'
  static override examples = [
    { description: 'Print a table', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Print JSON for a program', command: '<%= config.bin %> <%= command.id %> --json' },
  ]

  async run() {
    await this.parse(Sessions)
    const sessions = await listSessions(await this.host())
    if (sessions.length === 0) this.log('No tmux sessions; to open one, run `piko up NAME`')
    else for (const line of sessionLines(sessions)) this.log(line)
    return { sessions }
  }
}

function sessionLines(sessions: Awaited<ReturnType<typeof listSessions>>): readonly string[] {
  const rows = sessions.map(({ environment, session, windows, attached }) => [
    environment,
    session,
    String(windows),
    attached ? 'yes' : 'no',
  ])
  return tableLines(['Name', 'Session', 'Windows', 'Attached'], rows)
}
