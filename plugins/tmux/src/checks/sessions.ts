import type { Check, CheckResult, Context } from '@piko/sdk'
import type { TmuxConfig } from '../config.js'
import { sessionErrors } from '../errors/session.js'
import { configuredServer } from '../server.js'
import { findBusy } from '../session/busy.js'
import { fetchSessions, isOfProject } from '../session/find.js'
import { isInside } from '../session/inside.js'
import { sessionName } from '../session/name.js'
import { findSession } from '../session/of-environment.js'
import { fetchPanes } from '../session/panes.js'
import { session as step } from '../steps/session.js'

type Here = Context<TmuxConfig>

/** Before a session is opened, checks that its name is free; before it is closed, that nothing is running in it. */
export const sessions: Check<TmuxConfig> = {
  id: 'tmux:sessions',
  title: 'tmux sessions',
  gate: 'attach',
  async run(context) {
    const { subject, verb } = context
    if (subject.kind !== 'environment' || verb === 'look') return count(context)
    return verb === 'destroy' ? mayEnd(context, subject.name) : mayBegin(context, subject.name)
  },
}

async function count(context: Here): Promise<CheckResult> {
  const all = await fetchSessions(context, configuredServer(context))
  return {
    ok: true,
    says: `${all.filter(one => isOfProject(one, context.project)).length} of this project`,
  }
}

async function mayBegin(context: Here, environment: string): Promise<CheckResult> {
  const name = sessionName(context.project.name, environment)
  const all = await fetchSessions(context, configuredServer(context))
  const isForeign = all.some(other => other.name === name && other.owner === undefined)
  return isForeign
    ? { ok: false, problem: sessionErrors.TMUX_SESSION_FOREIGN({ name }).details }
    : { ok: true }
}

async function mayEnd(context: Here, environment: string): Promise<CheckResult> {
  const { server, session } = await findSession(context, { environment, receipt: context.receipt(step) })
  if (!session) return { ok: true }
  const place = { server, id: session.id }
  if (await isInside(context, place))
    return { ok: false, problem: sessionErrors.TMUX_SESSION_INSIDE({ session: session.name }).details }
  const busy = context.flags['force'] ? [] : await findBusy(context, await fetchPanes(context, place))
  if (busy.length === 0) return { ok: true }
  return {
    ok: false,
    problem: sessionErrors.TMUX_SESSION_BUSY({ environment, session: session.name, busy }).details,
  }
}
