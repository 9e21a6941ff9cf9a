import { listAllProjects, type UnreadableProject } from '../environment/all-projects.js'
import { listEnvironments } from '../environment/listing.js'
import type { ListEntry } from '../environment/list-entry.js'
import { openWorkspace, type Workspace } from '../workspace/open.js'
import type { Session } from './session.js'

/** What `piko list` shows. */
export interface Listed {
  readonly entries: readonly ListEntry[]
  /** Workspaces to query for live state, with their entries. Empty unless live state is wanted. */
  readonly workspaces: readonly { readonly workspace: Workspace; readonly entries: readonly ListEntry[] }[]
  readonly unreadable: readonly (Omit<UnreadableProject, 'project'> & UnreadableProject['project'])[]
}

/** The environments of this project, or of all projects on the machine. */
export async function gatherListed(
  session: Session,
  { isAll, isLive }: { readonly isAll: boolean; readonly isLive: boolean },
): Promise<Listed> {
  if (isAll) return gatherAll(session, isLive)
  const workspace = await session.workspace({ tolerant: true, access: 'read' })
  const entries = listEnvironments(workspace.state)
  return { entries, workspaces: isLive ? [{ workspace, entries }] : [], unreadable: [] }
}

async function gatherAll(session: Session, isLive: boolean): Promise<Listed> {
  const { listed, unreadable } = listAllProjects()
  const projects = listed
    .filter(({ environments }) => environments.length > 0)
    .map(({ project, environments }) => ({
      root: project.root,
      entries: environments.map(environment => ({ project, ...environment })),
    }))
  const opened = projects.map(async ({ root, entries }) => {
    // A project that cannot be opened is shown as recorded.
    const workspace = isLive
      ? await openWorkspace({ folder: root, packages: session.packages, tolerant: true, access: 'read' }).catch(
          () => undefined,
        )
      : undefined
    return workspace ? [{ workspace, entries }] : []
  })
  return {
    entries: projects.flatMap(({ entries }) => entries),
    workspaces: (await Promise.all(opened)).flat(),
    unreadable: unreadable.map(({ project, ...rest }) => ({ ...project, ...rest })),
  }
}
