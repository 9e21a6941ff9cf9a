import { type Looking, lookTmux, type Server } from '../tmux.js'

export interface Pane {
  readonly id: string
  readonly pid: number
  readonly isDead: boolean
  /** Whether it shows the output of a plugin's program, which may be killed. */
  readonly follows: boolean
  readonly window: string
}

/** Marks a pane that shows a program's output. */
export const FOLLOWS = '@piko-follows'

const format = `#{pane_id} #{pane_pid} #{pane_dead} #{?${FOLLOWS},1,0} #{window_name}`

/** All panes of a session. */
export async function fetchPanes(
  context: Looking,
  { server, id }: { readonly server: Server; readonly id: string },
): Promise<readonly Pane[]> {
  const { stdout } = await lookTmux(context, {
    server,
    commands: [['list-panes', '-s', '-t', id, '-F', format]],
  })
  return stdout.split('\n').flatMap(line => {
    const [, pane = '', pid, dead, follows, window = ''] = /^(%\d+) (\d+) (\d) (\d) (.*)$/.exec(line) ?? []
    if (pane === '') return []
    return [{ id: pane, pid: Number(pid), isDead: dead === '1', follows: follows === '1', window }]
  })
}
