import { observeDependencies, type Observed } from '../environment/dependencies/observe.js'
import { dependencyLine } from '../project/dependency-line.js'
import type { Workspace } from '../workspace/open.js'
import type { Finding } from './finding.js'

/** The folders of dependencies that git ignores, and what becomes of each in an environment. */
export async function examineDependencies({ project, config }: Workspace): Promise<readonly Finding[]> {
  const found = await observeDependencies({ main: project.root, worktree: project.root })
  return found
    .filter(({ bring }) => bring !== 'build')
    .map(one => ({ title: `Dependencies: ${one.path} (${one.manager})`, ok: true, ...fateOf(one, config) }))
}

function fateOf(
  { path, bring, isInMain }: Observed,
  { dependencies, files }: Workspace['config'],
): Pick<Finding, 'hints'> & { readonly says: string } {
  const request = dependencies?.[path] ?? dependencies?.[`${path}/`]
  if (request === 'copy') return { says: 'copied to each worktree', hints: [] }
  if (request !== undefined) return { says: 'installed in a container', hints: [] }
  if (files.link.includes(path)) return { says: 'linked, and copied where a service mounts it', hints: [] }
  if (isInMain && bring === 'copy') {
    if (dependencies === undefined) return { says: 'copied where a service mounts it', hints: [] }
    const copy = `To copy it to each worktree, add \`${dependencyLine(path, 'copy')}\` to .piko.yml`
    return { says: 'not in worktrees', hints: [copy] }
  }
  const hint = `To install it in a service's container, add \`${dependencyLine(path, 'install')}\` to .piko.yml`
  return { says: 'not in worktrees', hints: [hint] }
}
