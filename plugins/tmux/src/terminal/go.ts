import type { Environment, Host } from '@piko/sdk'
import type { TmuxConfig } from '../config.js'
import { sessionErrors } from '../errors/session.js'
import { isSurrounding, surroundingSocket } from '../server.js'
import { session as step } from '../steps/session.js'
import { runTmux } from '../tmux.js'
import { findSession } from '../session/of-environment.js'
import { fetchPlace } from '../session/place.js'

/** Shows the session on this terminal: switches the client inside its server, or attaches from a plain terminal. */
export async function goToSession(host: Host, environment: Environment): Promise<number> {
  const context = await host.open<TmuxConfig>('tmux', environment)
  const receipt = context.receipt(step)
  const { server, session } = await findSession(context, { environment: environment.name, receipt })
  if (!session) throw sessionErrors.TMUX_SESSION_MISSING({ environment: environment.name })
  const { socket } = await fetchPlace(context, { server, id: session.id })
  const around = surroundingSocket()
  const isHere = isSurrounding(socket)
  if (around !== undefined && !isHere)
    throw sessionErrors.TMUX_OTHER_SERVER({
      environment: environment.name,
      root: context.project.root,
      around,
    })
  if (isHere) {
    await runTmux(context, { server, commands: [['switch-client', '-t', session.id]] })
    return 0
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw sessionErrors.TMUX_NO_TERMINAL({ environment: environment.name })
  const call = { server, commands: [['attach-session', '-t', session.id]] }
  const { exitCode } = await runTmux(context, call, { terminal: true, allowFailure: true })
  return exitCode
}
