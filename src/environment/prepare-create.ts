import type { EnvironmentStatus, Phase } from '@piko/sdk'
import { isAbsolute, join } from 'node:path'
import { environmentErrors } from '../errors/environment.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import type { Narrator } from '../lifecycle/narrator.js'
import { orderSteps } from '../lifecycle/order.js'
import { lastWithoutEngine } from '../lifecycle/phases.js'
import type { OrderedStep } from '../lifecycle/ordered-step.js'
import { stepsThrough } from '../lifecycle/wind.js'
import { requireTools } from '../plugins/tools.js'
import { type Skipped, usablePlugins } from '../plugins/usable.js'
import type { Ports } from '../ports/assign.js'
import type { ScopedRun } from '../runs/begin-run.js'
import { projectScope } from '../runs/project-scope.js'
import { activePlugins, type Workspace } from '../workspace/open.js'
import { requireFreePath } from '../worktree/clear-way.js'
import type { Branch } from '../worktree/repository.js'
import { resolveBranch } from '../worktree/resolve-branch.js'
import type { EnvironmentRunRequest } from './begin-run.js'
import { corePlugin, withPinnedPorts } from './core-plugin.js'
import { passGates } from './gates.js'
import { findRecord, type Identity, readEnvironments } from './record.js'
import type { FlagsByPlugin } from './scope.js'
import { withoutSkipped } from './skipped.js'
import { environmentSlug } from './slug.js'
import type { Consent } from './trust/consent.js'
import { findUnknownNames, refuseUnknownNames } from './unknown-names.js'

export interface CreateRequest {
  readonly workspace: Workspace
  readonly version: string
  /** As typed by the user: a branch name. */
  readonly name: string
  /** The branch, if it differs from the name. */
  readonly branch: string | undefined
  readonly from: string | undefined
  readonly start: boolean
  /** Roll everything back if a step fails, instead of keeping it. */
  readonly rollback: boolean
  /** The command as typed: `piko create feature-auth --no-start`. */
  readonly command: string
  readonly pinned: Ports
  readonly flags: FlagsByPlugin
  readonly narrator: Narrator
  /** How the user approves what the branch reaches on this machine. */
  readonly consent: Consent
}

/** The environment to create, and the run that creates it. */
export interface Creation {
  readonly request: CreateRequest
  readonly identity: Identity
  readonly run: EnvironmentRunRequest
  /** The branch of a new environment; undefined when an existing one is resumed. Resolved once, under the lock. */
  readonly findBranch: () => Promise<Branch | undefined>
  /** Plugins whose tools are missing on this machine. */
  readonly unusable: readonly Skipped[]
  readonly through: Phase
}

/** Decides the name, branch, folder and plugins. */
export async function decideCreation(request: CreateRequest): Promise<Creation> {
  const { workspace, version, pinned, narrator, from } = request
  const identity = identityOf(request)
  const usable = await usablePlugins(await activePlugins(workspace))
  let found: Promise<Branch | undefined> | undefined
  const findBranch = () => (found ??= branchOf(request, identity))
  const core = withPinnedPorts(corePlugin(workspace, version, { findBranch }), pinned)
  const plugins = [core, ...usable.plugins]
  const flags = { ...request.flags, ...(from === undefined ? {} : { core: { from } }) }
  return {
    request,
    identity,
    run: { workspace, name: identity.name, verb: 'create', plugins, narrator, flags, pinned },
    findBranch,
    unusable: usable.skipped,
    through: request.start ? 'attach' : lastWithoutEngine,
  }
}

export interface Prepared {
  readonly steps: readonly OrderedStep[]
  /** Plugins that this run skips. */
  readonly skipped: readonly Skipped[]
}

/** Refuses whatever can be refused before anything is changed. */
export async function prepare(
  creation: Creation,
  run: ScopedRun,
  { checksNames = true }: { readonly checksNames?: boolean } = {},
): Promise<Prepared> {
  const { request, identity, unusable, through } = creation
  const { plugins } = run.scope
  const { first: signal } = run.interrupt
  refuseTaken(request.workspace, identity)
  const gates = passGates(run.scope, { through, verb: 'create', signal })
  const branch = creation.findBranch()
  const names = checksNames ? requireNames(request, { branch, plugins, signal }) : Promise.resolve()
  await allOrFirst([
    requireBranch(request, { identity, branch }),
    requireTools(plugins, signal),
    gates,
    names,
  ])
  const skipped = [...unusable, ...(await gates)]
  return { steps: withoutSkipped(stepsThrough(orderSteps(plugins), through), skipped), skipped }
}

async function branchOf({ workspace, from }: CreateRequest, identity: Identity): Promise<Branch | undefined> {
  if (findRecord(workspace.state, identity.name)) return undefined
  return resolveBranch(workspace.repository, identity.branch, { from, path: identity.path })
}

async function requireBranch(
  { workspace }: CreateRequest,
  { identity, branch }: { readonly identity: Identity; readonly branch: Promise<Branch | undefined> },
): Promise<void> {
  if (await branch) await requireFreePath(workspace.repository, identity.path)
}

/**
 * A new branch has the Compose files of the main checkout. An existing branch may have others, and is checked once it
 * is checked out.
 */
async function requireNames(
  { workspace, from }: CreateRequest,
  {
    branch,
    ...comparing
  }: { branch: Promise<Branch | undefined>; plugins: readonly ActivePlugin[]; signal: AbortSignal },
): Promise<void> {
  // `requireBranch` refuses a branch that cannot be resolved.
  const found = await branch.catch(() => undefined)
  if (from !== undefined || found?.kind !== 'new') return
  const scope = projectScope(workspace, comparing.plugins)
  await refuseUnknownNames(
    workspace,
    await findUnknownNames(scope, { ...comparing, env: workspace.config.env }),
  )
}

/** Waits for all checks. Of several failures, throws the first in list order. */
async function allOrFirst(checks: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(checks)) if (result.status === 'rejected') throw result.reason
}

/** An incomplete environment is found by its name alone, whatever its branch. */
export function identityOf({
  workspace,
  name: given,
  ...request
}: Pick<CreateRequest, 'workspace' | 'name' | 'branch'>): Identity {
  const name = environmentSlug(given)
  const known = name === given ? findRecord(workspace.state, name) : undefined
  const resumed = known && incomplete.has(known.status) ? known.branch : undefined
  const branch = request.branch ?? resumed ?? given
  const dir = workspace.config.worktrees.dir
  const folder = isAbsolute(dir) ? dir : join(workspace.project.root, dir)
  return { name, branch, path: join(folder, name) }
}

function refuseTaken({ state }: Workspace, { name, branch }: Identity): void {
  const record = findRecord(state, name)
  if (record && record.branch !== branch)
    throw environmentErrors.ENVIRONMENT_NAME_TAKEN({ name, branch, other: record.branch })
  if (record && !incomplete.has(record.status))
    throw environmentErrors.ENVIRONMENT_TAKEN({ ...record, isRunning: record.status === 'running' })
  const clash = readEnvironments(state).find(other => other.branch === branch && other.name !== name)
  if (clash) throw environmentErrors.ENVIRONMENT_BRANCH_TAKEN({ branch, environment: clash.name })
}

/** These states mean an interrupted run: this run holds the lock, so no other is active. */
const incomplete: ReadonlySet<EnvironmentStatus> = new Set(['creating', 'failed'])
