import { openSession, type Session } from '../host/session.js'
import { keepRegistered } from '../leases/projects.js'
import { isInUse, writeIdentity } from '../project/identity.js'
import { setAside } from '../state/backups.js'
import { machineStateFile, projectStateFile } from '../state/databases.js'
import { findFault, isUnwritable } from '../state/open.js'
import { findHome } from '../workspace/find-home.js'
import { openWorkspace, type Workspace } from '../workspace/open.js'
import { stateLink } from '../state/own-state.js'
import { findLost, type Lost } from './find-lost.js'
import type { Finding } from './finding.js'
import { recordLost } from './record-lost.js'

export interface Rebuilding {
  /** Databases that are damaged, to be moved out of the way. */
  readonly damaged: readonly string[]
  readonly lost: readonly Lost[]
}

/** Finds what `piko doctor --rebuild` would do. Changes nothing. */
export async function planRebuild(session: Session): Promise<Rebuilding> {
  const { mainCheckout } = await findHome(session.folder)
  const files = [projectStateFile(mainCheckout), machineStateFile()]
  const damaged = files.filter(file => isDamaged(file))
  const access = damaged.length > 0 ? 'blank' : 'write'
  const workspace = await openWorkspace({ ...session, tolerant: true, access })
  const lost = await findLost(workspace, AbortSignal.timeout(60_000))
  workspace.close()
  return { damaged, lost: damaged.includes(projectStateFile(mainCheckout)) || access === 'write' ? lost : [] }
}

function isDamaged(file: string): boolean {
  const fault = findFault(file)
  return fault !== undefined && !isUnwritable(fault)
}

/** Records again what `planRebuild` found. What was damaged is kept next to the new files. */
export async function rebuild(session: Session, { damaged, lost }: Rebuilding): Promise<readonly Finding[]> {
  const { gitCommonDir } = await findHome(session.folder)
  const set = damaged.map(file => ({ title: `Set ${file} aside as ${setAside(file)}`, ok: true, hints: [] }))
  if (damaged.some(file => file.endsWith('state.db'))) setAside(stateLink(gitCommonDir))
  const workspace = await openAs(session, lost)
  const findings: Finding[] = [...set]
  for (const one of lost) {
    const error = await recordLost({ ...session, workspace }, one)
    if (error)
      findings.push({
        title: `Recorded ${one.name}, but: ${error.message}`,
        ok: false,
        hints: [`To try again, run \`piko up ${one.name}\``],
      })
    else findings.push({ title: `Recorded ${one.name} again: ${one.path}`, ok: true, hints: [] })
  }
  return findings
}

/** Opens the project under the identity that the labels of its objects name, so that they stay its own. */
async function openAs(session: Session, lost: readonly Lost[]): Promise<Workspace> {
  const workspace = await openSession(session).workspace()
  const { state, machine, project } = workspace
  const maker = lost.flatMap(({ traces }) => traces).find(trace => trace.project !== undefined)
  if (maker?.project === undefined || maker.project === project.id || isInUse(state)) return workspace
  const identity = { id: maker.project, root: project.root, name: maker.projectName }
  keepRegistered(machine, identity)
  writeIdentity(state, identity)
  workspace.close()
  return openSession(session).workspace()
}
