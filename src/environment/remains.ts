import type { Claim } from '@piko/sdk'
import { environmentErrors } from '../errors/environment.js'
import { shareAnswers } from '../lifecycle/ask-state.js'
import { askTraces, collectClaims } from '../lifecycle/ask-traces.js'
import { askingIn } from '../lifecycle/context.js'
import type { ScopedRun } from '../runs/begin-run.js'
import { countText, removalOf } from './count-traces.js'
import { isTraceOf } from './traces.js'

/** What the receipts of a run's environment name, to be read before anything is undone. */
export function claimsOf({ scope, interrupt }: ScopedRun): readonly Claim[] {
  return collectClaims(askingIn(scope, { verb: 'look', signal: interrupt.first }))
}

/**
 * Throws `ENVIRONMENT_REMAINS` if anything is left that an environment's receipts name or that carries its labels:
 * once it is forgotten, nobody would remove that.
 */
export async function requireNothingLeft(
  { scope, interrupt }: ScopedRun,
  {
    name,
    claims,
    keepsVolumes,
  }: { readonly name: string; readonly claims: readonly Claim[]; readonly keepsVolumes: boolean },
): Promise<void> {
  const asking = askingIn(scope, { verb: 'look', signal: interrupt.first })
  const { traces, problems } = await askTraces([asking], shareAnswers())
  const [problem] = problems
  if (problem) throw problem
  const left = traces.filter(trace => {
    const isClaimed = claims.some(claim => claim.kind === trace.kind && claim.name === trace.name)
    const isOwn = trace.environment === name && isTraceOf(scope.project, trace)
    return (isClaimed || isOwn) && !(keepsVolumes && trace.kind === 'volume')
  })
  if (left.length === 0) return
  const details = left.map(({ kind, name: of }) => `${kind} ${of}`)
  throw environmentErrors.ENVIRONMENT_REMAINS({
    name,
    count: countText(left),
    details,
    removal: removalOf(left),
  })
}
