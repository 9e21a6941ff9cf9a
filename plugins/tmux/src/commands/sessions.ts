import { PikoCommand } from '@piko/sdk/command'
import { listSessions } from '../session/list.js'

export default class Sessions extends PikoCommand {
  static override summary = 'List the tmux sessions of the environments'
  static override description = 'Those of this project. One that a terminal shows is attached.'
  static override examples = [
    { description: 'For people', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'For a program', command: '<%= config.bin %> <%= command.id %> --json' },
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
  const rows = [
    ['NAME', 'SESSION', 'WINDOWS', 'ATTACHED'],
    ...sessions.map(({ environment, session, windows, attached }) => [
      environment,
      session,
      String(windows),
      attached ? 'yes' : 'no',
    ]),
  ]
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
