import { join } from 'node:path'
import { runErrors } from '../errors/runs.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import type { Scope } from '../lifecycle/scope.js'
import type { Workspace } from '../workspace/open.js'

/** The scope of the project as a whole, without ports or a worktree. */
export function projectScope(workspace: Workspace, plugins: readonly ActivePlugin[]): Scope {
  const { project, state, machine } = workspace
  const refuse = () => {
    throw runErrors.RUN_HAS_NO_ENVIRONMENT({ run: 'A context of the project' })
  }
  return {
    project,
    subject: { kind: 'project' },
    owner: { project: project.id, subject: 'project' },
    database: state,
    machine,
    state,
    plugins,
    flags: {},
    targets: [],
    input: null,
    logDir: join(project.root, '.piko', 'logs'),
    environment: refuse,
    cwd: () => project.root,
    variables: () => ({}),
    assignPorts: refuse,
    hideFromGit: refuse,
  }
}
