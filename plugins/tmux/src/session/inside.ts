import { isSurrounding } from '../server.js'
import type { Looking, Server } from '../tmux.js'
import { fetchPanes } from './panes.js'
import { fetchPlace } from './place.js'

/** Whether this piko runs in a pane of that very session, and would end with it. */
export async function isInside(
  context: Looking,
  place: { readonly server: Server; readonly id: string },
): Promise<boolean> {
  const { socket } = await fetchPlace(context, place)
  if (!isSurrounding(socket)) return false
  const panes = await fetchPanes(context, place)
  return panes.some(({ id }) => id === process.env['TMUX_PANE'])
}
