import type { Verb } from '@piko/sdk'
import { collectServices } from '../lifecycle/ask-state.js'
import { askingIn } from '../lifecycle/context.js'
import { collectColumns, collectTargets, collectVariables } from '../lifecycle/contributions.js'
import type { Narrator } from '../lifecycle/narrator.js'
import type { Scope } from '../lifecycle/scope.js'
import { beginCommand, type Command, holdLock, makeRun, type ScopedRun } from '../runs/begin-run.js'
import { otherRuns } from '../runs/defined-run.js'
import { environmentLock } from '../runs/locks.js'
import { saveServices } from './known-services.js'
import { writeNames } from './names-file.js'
import { saveKnown } from './record.js'
import { environmentScope, type ScopeRequest } from './scope.js'

export interface EnvironmentRunRequest extends ScopeRequest {
  readonly verb: Verb
  readonly narrator: Narrator
}

/** Runs `work` as the only writer of an environment. */
export function withEnvironmentRun<Result>(
  request: EnvironmentRunRequest,
  work: (run: ScopedRun) => Promise<Result>,
): Promise<Result> {
  const { workspace, name, verb } = request
  const { root } = workspace.project
  return beginCommand({ ...request, name: `${verb} ${name}` }, async command => {
    const lock = { file: environmentLock(root, name), holder: `piko ${verb} ${name}` }
    const scope = environmentScope(request)
    try {
      return await holdLock(command, lock, () => work(environmentRun(command, scope, request)))
    } finally {
      await writeNames(workspace.state, root)
    }
  })
}

/** The same without the lock, for a rehearsal, which writes nothing. */
export function environmentRun(
  command: Command,
  scope: Scope,
  { name, verb }: Pick<EnvironmentRunRequest, 'name' | 'verb'>,
): ScopedRun {
  return makeRun(command, scope, {
    verb,
    runs: otherRuns(command),
    retry: verb === 'down' ? `piko down ${name}` : `piko destroy ${name}`,
    // An environment that is being removed publishes nothing.
    ...(verb === 'destroy' ? {} : { refresh: () => saveDerived(scope, { name, verb, command }) }),
  })
}

/**
 * Stores variables, columns, targets and services, so that `piko env` and `piko list` can read them without plugins.
 */
function saveDerived(
  scope: Scope,
  { name, verb, command }: { readonly name: string; readonly verb: Verb; readonly command: Command },
): void {
  const asking = askingIn(scope, { verb, signal: command.interrupt.first })
  const variables = collectVariables(asking)
  saveKnown(scope.state, name, {
    variables,
    columns: collectColumns(asking),
    targets: collectTargets(asking),
  })
  saveServices(scope.state, name, collectServices(asking))
}
