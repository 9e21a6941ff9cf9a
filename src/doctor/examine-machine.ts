import { findVanishedProjects, forgetProject } from '../leases/projects.js'
import type { Workspace } from '../workspace/open.js'
import type { Finding } from './finding.js'

/** Projects that are gone but still hold leases. */
export function examineMachine({ machine }: Workspace, fix: boolean): readonly Finding[] {
  return findVanishedProjects(machine).map(({ id, root }) => {
    if (fix) forgetProject(machine, id)
    const title = fix
      ? `Released the ports and names of ${root}`
      : `${root} is gone but still holds ports and names`
    return { title, ok: fix, hints: fix ? [] : ['To release them, run `piko doctor --fix`'] }
  })
}
