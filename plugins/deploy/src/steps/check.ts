import { portsFact, portsRun } from '@piko/plugin-caddy/contract'
import { defineRunStep } from '@piko/sdk'
import { checkHealth } from '../check/health.js'
import type { DeployInput } from '../contract.js'
import { deployErrors } from '../errors/deploys.js'
import { deploys } from '../store/deploys.js'
import { readSettings } from '../store/settings.js'
import { requireRunning } from './ready.js'
import { enter, recorded } from './record.js'
import { findCurrentTarget, isRouted, mainTarget, requireNext, routeTo, routeToCurrent } from './route.js'
import { type Context, type Situation, situationOf } from './situation.js'

/** Asks the new release through the proxy, under a host name that nobody else knows, until its health path answers. */
export const check = recorded(
  defineRunStep<unknown, DeployInput, null>({
    id: 'deploy:check',
    title: 'Checking its health',
    undoTitle: 'Removing the check',

    async do(context) {
      const situation = situationOf(context)
      if (!isRouted(situation)) return null
      enter(context, 'configuring_proxy')
      const host = await routeCheck(context, situation)
      enter(context, 'health_checking')
      await awaitHealth(context, situation, host)
      return null
    },

    async undo(context) {
      await routeToCurrent(context, situationOf(context))
    },
  }),
)

async function routeCheck(context: Context, situation: Situation): Promise<string> {
  const next = requireNext(context, situation)
  const host = `check-${situation.deploy.number}.${situation.place.host ?? ''}`
  const current = findCurrentTarget(context, situation)
  const checked = { ...mainTarget(situation, next), service: 'check', host }
  await routeTo(context, situation, [...(current ? [current] : []), checked])
  return host
}

async function awaitHealth(context: Context, situation: Situation, host: string): Promise<void> {
  const { stage, deploy, target, redact } = situation
  const ports = context.fact(portsFact, { run: portsRun })
  if (!ports) throw new Error('the proxy has no ports')
  const seconds = readSettings(context).healthSeconds
  const next = requireNext(context, situation)
  const { isHealthy, response } = await checkHealth({
    port: ports.http,
    host,
    path: stage.health ?? '/',
    isStrict: stage.health !== null,
    seconds,
    signal: context.signal,
    onSilence: () => requireRunning(situation, next),
  })
  const kept = { ...response, lines: response.lines.map(redact) }
  deploys.update(context, deploy.id, { response: kept })
  if (isHealthy) return
  const output = (await target.lastLines(next.container)).map(redact)
  deploys.update(context, deploy.id, { output })
  throw deployErrors.DEPLOY_UNHEALTHY({
    service: stage.service,
    path: stage.health ?? '/',
    seconds,
    status: kept.status,
    lines: kept.lines,
    output,
  })
}
