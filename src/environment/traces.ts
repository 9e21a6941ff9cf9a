import type { Claim, Project, Trace } from '@piko/sdk'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { shareAnswers } from '../lifecycle/ask-state.js'
import { askTraces, collectClaims, type Traces } from '../lifecycle/ask-traces.js'
import { askingIn } from '../lifecycle/context.js'
import { projectScope } from '../runs/project-scope.js'
import type { Workspace } from '../workspace/open.js'
import { readEnvironments } from './record.js'
import { environmentScope } from './scope.js'

interface Looking {
  readonly workspace: Workspace
  readonly plugins: readonly ActivePlugin[]
  readonly signal: AbortSignal
}

/** What carries piko's marks on every engine that the project's environments are on, and on the current one. */
export function fetchAllTraces(looking: Looking): Promise<Traces> {
  return fetchTracesOf(
    looking,
    readEnvironments(looking.workspace.state).map(({ name }) => name),
  )
}

/** The same, only on the engines that these environments are on. */
export function fetchTracesOf(
  { workspace, plugins, signal }: Looking,
  names: readonly string[],
): Promise<Traces> {
  const scopes = [
    projectScope(workspace, plugins),
    ...names.map(name => environmentScope({ workspace, name, plugins })),
  ]
  return askTraces(
    scopes.map(scope => askingIn(scope, { verb: 'look', signal })),
    shareAnswers(),
  )
}

/** What the environment's receipts say exists. */
export function readClaims({ workspace, plugins, signal }: Looking, name: string): readonly Claim[] {
  return collectClaims(askingIn(environmentScope({ workspace, name, plugins }), { verb: 'look', signal }))
}

/** Whether a project made it. What versions without ids made is known by where the project was. */
export function isTraceOf({ id, name, root, formerRoots }: Project, trace: Trace): boolean {
  if (trace.project !== undefined) return trace.project === id
  return trace.projectName === name && [root, ...formerRoots].includes(trace.root)
}
