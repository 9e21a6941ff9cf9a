import type { Environment, FlagValue, PortRequest } from '@piko/sdk'
import { join, relative } from 'node:path'
import { environmentErrors } from '../errors/environment.js'
import { portWarnings } from '../errors/ports.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { addWarning } from '../lifecycle/facts.js'
import type { Scope } from '../lifecycle/scope.js'
import type { Ports } from '../ports/assign.js'
import { leasePorts } from '../ports/lease.js'
import type { Moved } from '../ports/moved.js'
import { excludeFromGit } from '../worktree/exclude-from-git.js'
import { isRegistered } from '../worktree/is-registered.js'
import type { Repository } from '../worktree/repository.js'
import { derivableVariables } from './derived.js'
import { findRecord, stateDirOf, subjectOf, toEnvironment } from './record.js'
import type { Workspace } from '../workspace/open.js'

export type FlagsByPlugin = Readonly<Record<string, Readonly<Record<string, FlagValue>>>>

export interface ScopeRequest {
  readonly workspace: Workspace
  readonly name: string
  readonly plugins: readonly ActivePlugin[]
  readonly flags?: FlagsByPlugin
  readonly targets?: readonly string[]
  /** Ports from `create --port`. */
  readonly pinned?: Ports
}

/**
 * The worktree. Gates run before the environment exists, so in the project's root. If the worktree was removed by hand,
 * or if git does not know it, undoing must neither fail because of it nor run in the main checkout.
 */
function cwdOf({ mainCheckout, gitCommonDir }: Repository, worktree: string | undefined): string {
  if (worktree === undefined) return mainCheckout
  return isRegistered(gitCommonDir, worktree) ? worktree : join(mainCheckout, '.piko')
}

/**
 * Includes the values of `env:` as soon as they can be computed, so that Compose files are read with the same variables
 * they run with.
 */
function withDerived(templates: Workspace['config']['env'], environment: Environment): Environment {
  const derived = derivableVariables(templates, environment)
  return { ...environment, variables: { ...environment.variables, ...derived } }
}

/** The scope of one environment. It need not exist yet: gates run before. */
export function environmentScope(request: ScopeRequest): Scope {
  const { workspace, name, plugins, flags = {}, targets = [], pinned = {} } = request
  const { state, machine, project, repository, config } = workspace
  const owner = { project: project.id, subject: subjectOf(name) }
  const environment = () => {
    const record = findRecord(state, name)
    if (!record) throw environmentErrors.ENVIRONMENT_UNKNOWN({ name, nearest: undefined, hasOthers: false })
    return withDerived(config.env, toEnvironment(state, project.root, record))
  }
  // Not the id of a real step, so it is never cleared: the port stays moved for the environment's lifetime.
  const onMoved = (moved: Moved) =>
    addWarning(state, owner.subject, { step: 'core:ports', warning: portWarnings.PORT_MOVED(moved) })
  const leasing = { state, machine, owner, range: config.ports, pinned, onMoved }
  const assignPorts = (requests: readonly PortRequest[]) =>
    leasePorts({ ...leasing, block: environment().id }, requests)
  return {
    project,
    subject: { kind: 'environment', name },
    owner,
    database: state,
    machine,
    state,
    plugins,
    flags,
    targets,
    input: null,
    logDir: join(stateDirOf(project.root, name), 'logs'),
    environment,
    cwd: () => cwdOf(repository, findRecord(state, name)?.path),
    variables: () => (findRecord(state, name) ? environment().variables : {}),
    assignPorts,
    hideFromGit: path => excludeFromGit(repository, [`/${relative(environment().path, path)}`]),
  }
}
