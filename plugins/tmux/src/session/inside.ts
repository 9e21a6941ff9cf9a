import { isSurrounding } from '../server.js'
import type { Looking, Server } from '../tmux.js'
import { fetchPanes } from './panes.js'
import { fetchPlace } from './place.js'

/** Whether this process runs in a pane of that session and would be killed with it. */
export async function isInside(
  context: Looking,
  place: { readonly server: Server; readonly id: string },
): Promise<boolean> {
  const { socket } = await fetchPlace(context, place)
  if (!isSurrounding(socket)) return false
  const panes = await fetchPanes(context, place)
  return panes.some(({ id }) => id === process.env['TMUX_PANE'])
}
