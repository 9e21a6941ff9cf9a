import type { StepContext } from '@piko/sdk'
import { FOLLOWS } from '../session/panes.js'
import { runTmux, type Server } from '../tmux.js'
import type { WantedWindow } from './wanted.js'

type Here = Pick<StepContext<unknown>, 'exec' | 'environment'>
type Commands = readonly (readonly string[])[]

export interface SessionTarget {
  readonly server: Server
  /** The session. */
  readonly id: string
}

/** Adds a window after the others, in one call. The user's current window stays active. */
export async function addWindow(
  context: Here,
  { server, id }: SessionTarget,
  window: WantedWindow,
): Promise<void> {
  const about = { last: `${id}:{end}`, path: context.environment.path }
  const commands = window.kind === 'follows' ? following(window, about) : typed(window, about)
  await runTmux(context, { server, commands })
}

/** Restarts exited programs in the given panes. */
export async function respawn(context: Here, server: Server, panes: readonly string[]): Promise<void> {
  const commands = panes.map(pane => ['respawn-pane', '-t', pane])
  if (commands.length > 0) await runTmux(context, { server, commands })
}

interface About {
  /** The target of the last window. */
  readonly last: string
  readonly path: string
}

/** The pane must stay after its program exits, which may be at once. So it starts with a program that waits. */
function following(
  { name, command }: Extract<WantedWindow, { kind: 'follows' }>,
  { last, path }: About,
): Commands {
  return [
    ['new-window', '-d', '-a', '-t', last, '-n', name, '-c', path, 'cat'],
    ['set-option', '-w', '-t', last, 'remain-on-exit', 'on'],
    ['set-option', '-p', '-t', last, FOLLOWS, '1'],
    ['respawn-pane', '-k', '-t', last, '-c', path, 'sh', '-c', command],
  ]
}

/** The lines run in the user's shell, which remains after they finish. */
function typed(
  { name, lines, layout = 'tiled' }: Extract<WantedWindow, { kind: 'typed' }>,
  { last, path }: About,
): Commands {
  const [first = '', ...others] = lines
  return [
    ['new-window', '-d', '-a', '-t', last, '-n', name, '-c', path],
    ...typing(first, last),
    ...others.flatMap(line => [
      ['split-window', '-t', last, '-c', path], // makes the new pane the window's active one
      ['select-layout', '-t', last, layout],
      ...typing(line, last),
    ]),
    ['select-pane', '-t', `${last}.{top-left}`],
  ]
}

function typing(line: string, pane: string): Commands {
  if (line === '') return []
  return [
    ['send-keys', '-t', pane, '-l', '--', line],
    ['send-keys', '-t', pane, 'Enter'],
  ]
}
