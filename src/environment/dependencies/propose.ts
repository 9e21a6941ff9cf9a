import type { InitialDependency } from '../../project/initial-config.js'
import { observeDependencies, type Observed } from './observe.js'

/** What `piko init` writes about the main checkout's dependency folders. */
export async function proposeDependencies(root: string): Promise<readonly InitialDependency[]> {
  const found = await observeDependencies({ main: root, worktree: root })
  return found.map(proposalFor)
}

/** A copy works anywhere; whether a container can install depends on its image. */
function proposalFor({ path, manager, from, bring, isInMain }: Observed): InitialDependency {
  const because = `${manager} (${from})`
  if (!isInMain)
    return { path, how: 'install', isSure: false, because: `${because}; not in the main checkout` }
  if (bring === 'copy') return { path, how: 'copy', isSure: true, because }
  if (bring === 'build')
    return { path, how: 'copy', isSure: false, because: `${because}, which builds it again by itself` }
  return { path, how: 'install', isSure: false, because: `${because}; a copy does not run in a container` }
}
