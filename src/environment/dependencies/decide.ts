import type { Dependency, Mounted, Seen } from '@piko/sdk'
import { dependencyErrors } from '../../errors/dependencies.js'
import { dependencyLine } from '../../project/dependency-line.js'
import type { FoundDependency } from '../../project/find-dependencies.js'
import type { CoreConfig } from '../../project/schema.js'
import { type SeenAt, whereSeen } from './seen.js'

export interface Situation {
  readonly requested: CoreConfig['dependencies']
  readonly links: readonly string[]
  readonly worktree: string
  readonly mounts: readonly Mounted[]
  /** Package managers' folders among those that the main checkout ignores, existing or not. */
  readonly found: readonly (FoundDependency & { readonly isInMain: boolean })[]
}

/** Decides for each dependency folder how it gets into the environment. Pure. */
export function decideDependencies(situation: Situation): readonly Dependency[] {
  const { requested = {}, links, found } = situation
  const paths = new Set([...Object.keys(requested).map(trimmed), ...links.map(trimmed)])
  const others = found.filter(({ path }) => !paths.has(path))
  return [
    ...[...paths].sort().flatMap(path => decideNamed(situation, path)),
    ...others.flatMap(one => decideFound(situation, one)),
  ]
}

/** A folder that `.piko.yml` names. */
function decideNamed(situation: Situation, path: string): readonly Dependency[] {
  const { requested = {}, found } = situation
  const request = Object.entries(requested).find(([key]) => trimmed(key) === path)?.[1]
  const manager = found.find(one => one.path === path)
  const seen = whereSeen(path, situation)
  const lock = manager?.lock === undefined ? {} : { lock: manager.lock }
  const visible = plain(seen.filter(({ isHidden }) => !isHidden))
  if (request === undefined)
    return [{ path, how: visible.length > 0 ? 'copied' : 'linked', seen: visible, ...lock }]
  if (request === 'copy') return [{ path, how: 'copied', seen: visible, ...lock }]
  const given: { readonly install?: string; readonly service?: string | undefined } =
    request === 'install' ? {} : request
  const command = given.install ?? manager?.command
  if (command === undefined) throw dependencyErrors.DEPENDENCIES_UNCLEAR({ path })
  return [
    {
      path,
      how: 'installed',
      command,
      seen: plain(firstIs(seen, { path, service: given.service })),
      ...lock,
    },
  ]
}

/** A folder that `.piko.yml` does not mention. */
function decideFound(
  situation: Situation,
  { path, bring, isInMain, lock, command }: Situation['found'][number],
): readonly Dependency[] {
  const seen = plain(whereSeen(path, situation).filter(({ isHidden }) => !isHidden))
  if (seen.length === 0 || bring === 'build') return []
  const pinned = lock === undefined ? {} : { lock }
  const isCopied = isInMain && bring === 'copy' && situation.requested === undefined
  if (isCopied) return [{ path, how: 'copied', seen, command, ...pinned }]
  const how = isInMain && bring === 'copy' ? 'copy' : 'install'
  return [{ path, how: 'absent', seen, command, line: dependencyLine(path, how), ...pinned }]
}

/** The service that installs into it comes first. */
function firstIs(
  seen: readonly SeenAt[],
  { path, service }: { readonly path: string; readonly service: string | undefined },
): readonly SeenAt[] {
  if (service === undefined) return seen
  const first = seen.find(one => one.service === service)
  if (!first)
    throw dependencyErrors.DEPENDENCIES_SERVICE_UNKNOWN({
      path,
      service,
      known: seen.map(one => one.service),
      line: dependencyLine(path, 'install'),
    })
  return [first, ...seen.filter(one => one !== first)]
}

function plain(seen: readonly SeenAt[]): readonly Seen[] {
  return seen.map(({ isHidden: _, ...rest }) => rest)
}

function trimmed(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '')
}
