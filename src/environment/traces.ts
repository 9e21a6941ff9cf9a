import type { Claim, Project, Trace } from '@piko/sdk'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { shareAnswers } from '../lifecycle/ask-state.js'
import { askTraces, collectClaims, type Traces } from '../lifecycle/ask-traces.js'
import { askingIn } from '../lifecycle/context.js'
import { projectScope } from '../runs/project-scope.js'
import type { Scope } from '../lifecycle/scope.js'
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
  const { workspace, plugins } = looking
  const names = readEnvironments(workspace.state).map(({ name }) => name)
  return fetchFrom(looking, [projectScope(workspace, plugins), ...scopesOf(looking, names)])
}

/** The same, only on the engine that an environment is on. */
export function fetchTracesOf(looking: Looking, name: string): Promise<Traces> {
  return fetchFrom(looking, scopesOf(looking, [name]))
}

function scopesOf({ workspace, plugins }: Looking, names: readonly string[]): readonly Scope[] {
  return names.map(name => environmentScope({ workspace, name, plugins }))
}

function fetchFrom({ signal }: Looking, scopes: readonly Scope[]): Promise<Traces> {
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
