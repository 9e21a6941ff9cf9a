import { type Looking, lookTmux, type Server } from '../tmux.js'

/** A session's current name and the socket of its server. */
export async function fetchPlace(
  context: Looking,
  { server, id }: { readonly server: Server; readonly id: string },
): Promise<{ readonly socket: string; readonly name: string }> {
  const ask = ['display-message', '-p', '-t', `${id}:`]
  const commands = [
    [...ask, '#{socket_path}'],
    [...ask, '#{session_name}'],
  ]
  const { stdout } = await lookTmux(context, { server, commands })
  const [socket = '', name = ''] = stdout.split('\n')
  return { socket, name }
}
