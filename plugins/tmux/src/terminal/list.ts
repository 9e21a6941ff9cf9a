import type { Host } from '@piko/sdk'
import type { TmuxConfig } from '../config.js'
import { session as step } from '../steps/session.js'
import { findSession } from '../session/of-environment.js'
import { fetchPlace } from '../session/place.js'

export interface Listed {
  readonly environment: string
  readonly session: string
  readonly windows: number
  readonly attached: boolean
  readonly socket: string
}

/** The sessions of this project's environments, on any server. */
export async function listSessions(host: Host): Promise<readonly Listed[]> {
  const environments = await host.environments()
  const found = await Promise.all(
    environments.map(async environment => {
      const context = await host.open<TmuxConfig>('tmux', environment)
      const receipt = context.receipt(step)
      const { server, session } = await findSession(context, { environment: environment.name, receipt })
      if (!session) return []
      const { name, windows, isAttached: attached } = session
      const { socket } = await fetchPlace(context, { server, id: session.id })
      return [{ environment: environment.name, session: name, windows, attached, socket }]
    }),
  )
  return found.flat()
}
