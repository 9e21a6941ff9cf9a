import type { ProjectView } from '@piko/sdk'
import { posix } from 'node:path'
import { type PackageManager, packageManagers } from './package-managers.js'

/** A dependency folder, and what installs it. */
export interface FoundDependency {
  /** Relative to the checkout, without a trailing slash. */
  readonly path: string
  readonly manager: string
  /** The lock file or, without one, the manifest, relative to the checkout. */
  readonly from: string
  readonly lock?: string
  /** The command that installs it, run in the parent folder. */
  readonly command: string
  readonly bring: PackageManager['bring']
}

type Files = Pick<ProjectView, 'exists'>

/** The given folders that a package manager installs, recognized by the files next to each. */
export async function findDependencies(
  files: Files,
  folders: readonly string[],
): Promise<readonly FoundDependency[]> {
  const found = await Promise.all(folders.map(folder => findDependency(files, folder)))
  return found.filter(one => one !== undefined)
}

/** Undefined if no file next to the folder shows what installs it. */
async function findDependency(files: Files, path: string): Promise<FoundDependency | undefined> {
  const places = packageManagers.flatMap(manager =>
    manager.folders.flatMap(folder => {
      const base = baseOf(path, folder)
      return base === undefined ? [] : [{ manager, folder, base }]
    }),
  )
  for (const { manager, folder, base } of places) {
    const lock = await firstOf(files, base, manager.locks)
    if (lock !== undefined) return describe({ manager, path, folder, from: lock, isPinned: true })
  }
  for (const { manager, folder, base } of places) {
    const manifest = await firstOf(files, base, manager.manifests)
    if (manifest !== undefined) return describe({ manager, path, folder, from: manifest, isPinned: false })
  }
  return undefined
}

/** The folders into which a checkout's package managers would install. */
export async function expectedFolders(files: Files): Promise<readonly string[]> {
  const folders = await Promise.all(
    packageManagers.map(async ({ folders: [first = ''], locks, manifests }) =>
      (await firstOf(files, '', [...locks, ...manifests])) === undefined ? [] : [first],
    ),
  )
  return [...new Set(folders.flat())]
}

/** Whether a path ends in the name of a dependency folder. */
export function isDependencyFolder(path: string): boolean {
  return packageManagers.some(({ folders }) => folders.some(folder => baseOf(path, folder) !== undefined))
}

/** The part of `path` above `folder`: `apps/api` for `apps/api/node_modules`. */
function baseOf(path: string, folder: string): string | undefined {
  if (path === folder) return ''
  return path.endsWith(`/${folder}`) ? path.slice(0, -folder.length - 1) : undefined
}

async function firstOf(files: Files, base: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const path = posix.join(base, name)
    if (await files.exists(path)) return path
  }
  return undefined
}

interface Described {
  readonly manager: PackageManager
  readonly path: string
  readonly folder: string
  readonly from: string
  readonly isPinned: boolean
}

function describe({ manager, path, folder, from, isPinned }: Described): FoundDependency {
  const command = isPinned ? manager.install : (manager.unpinned ?? manager.install)
  return {
    path,
    manager: manager.name,
    from,
    ...(isPinned ? { lock: from } : {}),
    command: command.replaceAll('FOLDER', folder),
    bring: manager.bring,
  }
}
