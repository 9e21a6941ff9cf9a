import { dependenciesFact, type Dependency } from '@piko/sdk'
import { createHash } from 'node:crypto'
import type { SiteLook } from '../site.js'

/** A folder of dependencies that a service's container installs, and the volume that holds it. */
export interface Installed {
  readonly path: string
  readonly command: string
  readonly lock?: string
  readonly seen: Dependency['seen']
  /** Its key in the Compose project. */
  readonly key: string
}

/** Pure. */
export function installedAmong(dependencies: readonly Dependency[]): readonly Installed[] {
  return dependencies.flatMap(({ path, how, command, lock, seen }) =>
    how === 'installed' && command !== undefined && seen.length > 0
      ? [
          {
            path,
            command,
            seen,
            key: `dependencies-${pathSlug(path)}`,
            ...(lock === undefined ? {} : { lock }),
          },
        ]
      : [],
  )
}

export function installedHere(context: Pick<SiteLook, 'fact'>): readonly Installed[] {
  return installedAmong(context.fact(dependenciesFact) ?? [])
}

/** Whether a volume is needed: not if every service that mounts the folder has its own volume there. */
export function needsVolume({ seen }: Pick<Installed, 'seen'>): boolean {
  return seen.some(({ isKept }) => isKept !== true)
}

/** The name of the volume on the engine. */
export function volumeName(project: string, { key }: Pick<Installed, 'key'>): string {
  return `${project}-${key}`
}

/** A path's form in a volume name, different for every path. */
function pathSlug(path: string): string {
  const plain = path.replaceAll(/[^A-Za-z0-9._-]+/g, '-')
  if (plain === path) return plain
  return `${plain}-${createHash('sha256').update(path).digest('hex').slice(0, 6)}`
}
