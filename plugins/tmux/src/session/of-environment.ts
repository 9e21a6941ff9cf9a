import type { Context, Environment } from '@piko/sdk'
import type { TmuxConfig } from '../config.js'
import { configuredServer } from '../server.js'
import type { Server } from '../tmux.js'
import { fetchSessions, isOf, type Owner, type Session } from './find.js'

/** What the step returns: enough to find the session again when `.piko.yml` says something else. */
export type Receipt = {
  readonly socket: string
  readonly name: string
  /** Those that were made, also if the user has closed them since. */
  readonly windows: readonly string[]
  /** Of what the session was told about the environment. */
  readonly digest: string
}

export interface Found {
  readonly server: Server
  readonly session: Session | undefined
}

type About = Pick<Context<TmuxConfig>, 'look' | 'config' | 'project'>

/** The session of an environment, by its marks; first where it was made, then where it would be made today. */
export async function findSession(
  context: About,
  { environment, receipt }: { readonly environment: string; readonly receipt: Receipt | undefined },
): Promise<Found> {
  const isOwn = isOf(ownerOf(context, environment))
  const today = configuredServer(context)
  for (const server of receipt ? [['-S', receipt.socket], today] : [today]) {
    const session = (await fetchSessions(context, server)).find(isOwn)
    if (session) return { server, session }
  }
  return { server: today, session: undefined }
}

export function ownerOf({ project }: Pick<About, 'project'>, environment: Environment['name']): Owner {
  return { root: project.root, environment }
}
