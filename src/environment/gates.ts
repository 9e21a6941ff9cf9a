import { failure, type Check, type Phase, type Verb } from '@piko/sdk'
import { type ActivePlugin, mayFail } from '../lifecycle/active-plugin.js'
import { makeContext } from '../lifecycle/context.js'
import type { Scope } from '../lifecycle/scope.js'
import { withTimeLimit } from '../lifecycle/time-limit.js'
import { rankOf } from '../lifecycle/phases.js'
import type { Skipped } from '../plugins/usable.js'

interface Asked {
  readonly plugin: ActivePlugin
  readonly check: Check
}

/**
 * Checks the gates of a run that reaches a phase, before anything is changed. Throws the first problem. On the way up,
 * returns optional plugins with a failing gate instead, to be skipped.
 */
export async function passGates(
  scope: Scope,
  { through, verb, signal }: { readonly through: Phase; readonly verb: Verb; readonly signal: AbortSignal },
): Promise<readonly Skipped[]> {
  const gates = checksOf(scope.plugins).filter(
    ({ check }) => check.gate !== undefined && rankOf(check.gate) <= rankOf(through),
  )
  const findings = await askChecks(scope, { checks: gates, verb, signal })
  const isWayBack = verb === 'down' || verb === 'destroy'
  return findings.flatMap(({ plugin, result }) => {
    if (result.ok) return []
    if (isWayBack || !mayFail(plugin)) throw failure(result.problem)
    return [{ plugin: plugin.name, problem: result.problem }]
  })
}

export function checksOf(plugins: readonly ActivePlugin[]): readonly Asked[] {
  return plugins.flatMap(plugin => (plugin.definition.checks ?? []).map(check => ({ plugin, check })))
}

/** Runs checks in parallel. */
export function askChecks(
  scope: Scope,
  {
    checks,
    verb,
    signal,
  }: { readonly checks: readonly Asked[]; readonly verb: Verb; readonly signal: AbortSignal },
) {
  return Promise.all(
    checks.map(async ({ plugin, check }) => {
      return {
        plugin,
        check,
        result: await withTimeLimit({ step: check.id, seconds: 60, signal }, inTime =>
          check.run(makeContext(scope, { plugin, verb, signal: inTime })),
        ),
      }
    }),
  )
}
