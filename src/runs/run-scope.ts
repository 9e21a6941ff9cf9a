import type { PortRequest, RunName, Subject } from '@piko/sdk'
import { join, relative } from 'node:path'
import { runErrors } from '../errors/runs.js'
import { runSubject } from '../lifecycle/run-subject.js'
import type { Scope } from '../lifecycle/scope.js'
import { leasePorts } from '../ports/lease.js'
import { machineStateDir } from '../system/dirs.js'
import { installedPlugins, type Workspace } from '../workspace/open.js'
import { excludeFromGit } from '../worktree/exclude-from-git.js'
import { projectScope } from './project-scope.js'

/** The scope of a run about the project, the machine or a stage, with all installed plugins, active or not. */
export function runScope(workspace: Workspace, name: RunName): Scope {
  const { project, machine, repository, state, config } = workspace
  const isMachine = name.run.subject === 'machine'
  const owner = { project: isMachine ? '' : project.id, subject: runSubject(name) }
  const refuse = () => {
    throw runErrors.RUN_HAS_NO_ENVIRONMENT({ run: name.run.id })
  }
  const assignPorts = (requests: readonly PortRequest[]) =>
    leasePorts({ state, machine, owner, block: 0, range: config.ports, pinned: {} }, requests)
  return {
    ...projectScope(workspace, installedPlugins(workspace)),
    subject: subjectOf(name),
    owner,
    database: isMachine ? machine : state,
    logDir: join(isMachine ? machineStateDir() : join(project.root, '.piko'), 'logs'),
    environment: refuse,
    assignPorts: isMachine ? refuse : assignPorts,
    hideFromGit: path => excludeFromGit(repository, [`/${relative(project.root, path)}`]),
  }
}

function subjectOf({ run, key = '' }: RunName): Subject {
  return run.subject === 'stage' ? { kind: 'stage', name: key } : { kind: run.subject }
}
