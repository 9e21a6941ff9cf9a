import type { Trace } from '@piko/sdk'
import { findVanishedProjects, forgetProject, type RegisteredProject } from '../leases/projects.js'
import type { Workspace } from '../workspace/open.js'
import { countText, removalOf } from '../environment/count-traces.js'
import type { Difference } from './difference.js'

/** Projects that are gone but still hold leases. They are kept while anything of theirs is, or may be, on the engine. */
export function findGoneProjects(
  { machine }: Workspace,
  traces: readonly Trace[] | undefined,
): readonly Difference[] {
  return findVanishedProjects(machine).map(project => {
    const { id, root } = project
    const left = traces?.filter(trace => isLeftBy(project, trace))
    if (left && left.length > 0)
      return {
        title: `${root} is gone, but ${countText(left)} of it exist`,
        details: left.map(({ kind, name }) => `${kind} ${name}`),
        hints: [
          'If it was moved, run `piko doctor --fix` in its new folder',
          `To remove what it left, run \`${removalOf(left)}\``,
        ],
      }
    const title = `${root} is gone but still holds ports and names`
    if (!left) return { title, hints: ['To release them, start Docker, then run `piko doctor --fix`'] }
    return {
      title,
      hints: ['To release them, run `piko doctor --fix`'],
      fix() {
        forgetProject(machine, id)
        return Promise.resolve(`Released the ports and names of ${root}`)
      },
    }
  })
}

function isLeftBy({ id, root, name }: RegisteredProject, trace: Trace): boolean {
  return trace.project === undefined
    ? trace.projectName === name && trace.root === root
    : trace.project === id
}
