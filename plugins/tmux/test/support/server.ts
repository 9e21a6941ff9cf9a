import { spawnSync } from 'node:child_process'
import { until } from '#test/support/until.js'

/** A tmux server on its own socket. */
export interface Server {
  readonly socket: string
  tmux(...words: readonly string[]): string
  sessions(): readonly string[]
  /** Windows of a session, by name. */
  windows(session: string): readonly string[]
  type(pane: string, text: string): void
  screen(pane: string): string
  /** Waits until a pane shows the text. */
  shows(pane: string, text: string | RegExp): Promise<void>
  kill(): void
}

export function serverAt(socket: string, env: NodeJS.ProcessEnv = process.env): Server {
  const tmux = (...words: readonly string[]) =>
    spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], { env, encoding: 'utf8' }).stdout
  const list = (...words: readonly string[]) =>
    tmux(...words)
      .split('\n')
      .filter(Boolean)
  const screen = (pane: string) => tmux('capture-pane', '-p', '-J', '-S', '-', '-t', pane)
  return {
    socket,
    tmux,
    sessions: () => list('list-sessions', '-F', '#{session_name}'),
    windows: session => list('list-windows', '-t', `=${session}`, '-F', '#{window_name}'),
    type: (pane, text) => void tmux('send-keys', '-t', pane, '-l', '--', text),
    screen,
    async shows(pane, text) {
      const isShown = () => (typeof text === 'string' ? screen(pane).includes(text) : text.test(screen(pane)))
      await until(`${String(text)} in ${pane}`, isShown, 90_000).catch(cause => {
        throw new Error(`${pane} does not show ${String(text)} but:\n${screen(pane)}`, { cause })
      })
    },
    kill: () => void tmux('kill-server'),
  }
}
