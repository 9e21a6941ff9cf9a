import type { StepContext } from '@piko/sdk'
import type { TmuxConfig } from '../config.js'
import { sessionErrors } from '../errors/session.js'
import { runTmux, type Server } from '../tmux.js'
import { fetchSessions, isOf, markCommands } from './find.js'
import { sessionName } from './name.js'

type Here = StepContext<TmuxConfig>

/** Creates the session, detached, with a shell in the worktree, and marks it in the same call. Returns its id. */
export async function openSession(context: Here, server: Server): Promise<string> {
  const { environment, project } = context
  const name = context.claimName('tmux-session', sessionName(project.name, environment.name))
  const sessions = await fetchSessions(context, server)
  if (sessions.some(other => other.name === name)) throw sessionErrors.TMUX_SESSION_FOREIGN({ name })
  const variables = Object.entries(environment.variables).flatMap(([key, value]) => ['-e', `${key}=${value}`])
  const detached = ['new-session', '-d', '-s', name, '-n', 'shell']
  const commands = [
    [...detached, '-c', environment.path, ...variables],
    ...markCommands(`=${name}:`, project, environment.name),
  ]
  await runTmux(context, { server, commands }, { env: ownVariables(context) })
  const isOwn = isOf(project, environment.name)
  const session = (await fetchSessions(context, server)).find(isOwn)
  if (session) return session.id
  throw sessionErrors.TMUX_SESSION_ENDED({ name })
}

/** Updates the variables for windows opened from now on. */
export async function refreshVariables(
  context: Here,
  { server, id }: { readonly server: Server; readonly id: string },
): Promise<void> {
  const commands = Object.entries(context.environment.variables).map(([key, value]) => [
    'set-environment',
    '-t',
    id,
    key,
    value,
  ])
  if (commands.length > 0) await runTmux(context, { server, commands })
}

/**
 * A server's first session passes its variables on to all later ones. So these are the user's, without those of this
 * environment.
 */
function ownVariables({ environment }: Here): Readonly<Record<string, string | undefined>> {
  const names = Object.keys(environment.variables)
  return Object.fromEntries(
    names.map(name => [name, name.startsWith('PIKO_') ? undefined : process.env[name]]),
  )
}
