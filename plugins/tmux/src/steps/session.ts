import { defineStep, type EnvironmentContext, type StepContext } from '@piko/sdk'
import { createHash } from 'node:crypto'
import type { TmuxConfig } from '../config.js'
import { sessionErrors } from '../errors/session.js'
import { isInside } from '../session/inside.js'
import { findSession, type Receipt } from '../session/of-environment.js'
import { openSession, refreshVariables } from '../session/open.js'
import { fetchPanes } from '../session/panes.js'
import { fetchPlace } from '../session/place.js'
import { runTmux } from '../tmux.js'
import { addWindow, respawn } from '../windows/add.js'
import { wantedWindows } from '../windows/wanted.js'

/** The session with its windows. Windows that the user closed stay closed. */
export const session = defineStep({
  id: 'tmux:session',
  title: 'Opening the tmux session',
  undoTitle: 'Closing the tmux session',
  phase: 'attach',
  onDown: ({ kill_on_down }: TmuxConfig) => (kill_on_down ? 'undo' : 'keep'),

  async plan(context: EnvironmentContext<TmuxConfig>, receipt: Receipt) {
    const { server, session: found } = await findSession(context, {
      environment: context.environment.name,
      receipt,
    })
    if (!found) return { action: 'change', because: 'there is no session' }
    if (receipt.digest !== digestOf(context)) return { action: 'change', because: 'variables have changed' }
    const added = wantedWindows(context).filter(({ name }) => !receipt.windows.includes(name))
    if (added.length > 0)
      return { action: 'change', because: `new windows: ${added.map(({ name }) => name).join(', ')}` }
    const ended = (await fetchPanes(context, { server, id: found.id })).filter(hasEnded)
    if (ended.length > 0)
      return { action: 'change', because: `ended: ${ended.map(({ window }) => window).join(', ')}` }
    return { action: 'nothing', because: 'the session exists' }
  },

  async do(context: StepContext<TmuxConfig>, before: Receipt | undefined): Promise<Receipt> {
    const environment = context.environment.name
    const { server, session: found } = await findSession(context, { environment, receipt: before })
    const place = { server, id: found?.id ?? (await openSession(context, server)) }
    if (found) await refreshVariables(context, place)
    const panes = await fetchPanes(context, place)
    const wanted = wantedWindows(context)
    const known = [...panes.map(({ window }) => window), ...(found ? (before?.windows ?? []) : [])]
    for (const window of wanted.filter(({ name }) => !known.includes(name)))
      await addWindow(context, place, window)
    await respawn(
      context,
      server,
      panes.filter(hasEnded).map(({ id }) => id),
    )
    const windows = wanted.map(({ name }) => name)
    return { ...(await fetchPlace(context, place)), windows, digest: digestOf(context) }
  },

  async undo(context, receipt) {
    const { server, session: found } = await findSession(context, {
      environment: context.environment.name,
      receipt,
    })
    if (!found) return
    if (await isInside(context, { server, id: found.id }))
      throw sessionErrors.TMUX_SESSION_INSIDE({ session: found.name })
    await runTmux(context, { server, commands: [['kill-session', '-t', found.id]] })
  },

  report: ({ name }) => `Session in tmux: ${name}`,
})

function hasEnded({ isDead, follows }: { readonly isDead: boolean; readonly follows: boolean }): boolean {
  return isDead && follows
}

/** A digest of the session's variables, and of the settings kept in its receipt. */
function digestOf({ environment, config }: EnvironmentContext<TmuxConfig>): string {
  const text = JSON.stringify([environment.variables, config.kill_on_down])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
