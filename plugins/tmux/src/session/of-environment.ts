import type { Context } from '@piko/sdk'
import type { TmuxConfig } from '../config.js'
import { configuredServer } from '../server.js'
import type { Server } from '../tmux.js'
import { fetchSessions, isOf, type Session } from './find.js'

/** The step's receipt: enough to find the session even if `.piko.yml` changes. */
export type Receipt = {
  readonly socket: string
  readonly name: string
  /** The windows that were opened, including those that the user has closed since. */
  readonly windows: readonly string[]
  /** A digest of what the session was given. */
  readonly digest: string
}

export interface Found {
  readonly server: Server
  readonly session: Session | undefined
}

type About = Pick<Context<TmuxConfig>, 'look' | 'config' | 'project'>

/**
 * Finds the session of an environment by its marks: first on the server where it was created, then on the configured
 * one.
 */
export async function findSession(
  context: About,
  { environment, receipt }: { readonly environment: string; readonly receipt: Receipt | undefined },
): Promise<Found> {
  const isOwn = isOf(context.project, environment)
  const before = receipt ? ['-S', receipt.socket] : undefined
  const known = before && (await fetchSessions(context, before)).find(isOwn)
  if (before && known) return { server: before, session: known }
  const server = configuredServer(context)
  return { server, session: (await fetchSessions(context, server)).find(isOwn) }
}
