import { listAllProjects, type UnreadableProject } from '../environment/all-projects.js'
import { listEnvironments } from '../environment/listing.js'
import type { ListEntry } from '../environment/list-entry.js'
import type { Workspace } from '../workspace/open.js'
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
  const entries = listEnvironments((await session.recorded()).state)
  const workspaces = isLive ? [{ workspace: await session.workspace(), entries }] : []
  return { entries, workspaces, unreadable: [] }
}

async function gatherAll(session: Session, isLive: boolean): Promise<Listed> {
  const { listed, unreadable } = listAllProjects()
  const projects = listed
    .filter(({ environments }) => environments.length > 0)
    .map(({ project, environments }) => ({
      root: project.root,
      entries: environments.map(environment => ({ project, ...environment })),
    }))
  const workspaces = isLive ? await openAll(session, projects) : []
  return {
    entries: projects.flatMap(({ entries }) => entries),
    workspaces,
    unreadable: unreadable.map(({ project, ...rest }) => ({ ...project, ...rest })),
  }
}

/** Leaves out projects that cannot be opened. They are shown as recorded. */
async function openAll(
  { packages }: Session,
  projects: readonly { readonly root: string; readonly entries: readonly ListEntry[] }[],
): Promise<Listed['workspaces']> {
  const { openWorkspace } = await import('../workspace/open.js')
  const opened = projects.map(async ({ root, entries }) => {
    const workspace = await openWorkspace({ folder: root, packages, tolerant: true, access: 'read' }).catch(
      () => undefined,
    )
    return workspace ? [{ workspace, entries }] : []
  })
  return (await Promise.all(opened)).flat()
}
