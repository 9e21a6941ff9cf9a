import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import type { Ground, OtherRuns } from '../lifecycle/ground.js'
import type { Workspace } from '../workspace/open.js'
import { environmentGround } from './ground.js'

/** What checks and commands that are about no environment stand on. */
export function projectGround(workspace: Workspace, plugins: readonly ActivePlugin[]): Ground {
  const ground = environmentGround({ workspace, name: '', plugins, runs: noRuns })
  const root = workspace.project.root
  const owner = { project: root, subject: 'project' }
  return { ...ground, subject: { kind: 'project' }, owner, cwd: () => root, variables: () => ({}) }
}

/** A context that only looks has no dependencies. */
const noRuns: OtherRuns = { ensure: () => Promise.resolve(), takeBack: () => Promise.resolve() }
