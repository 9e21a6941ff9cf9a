import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Files of piko that others on the machine could read. Everything below a closed folder counts as closed, too. */
export function findReadableByOthers({ root, folder }: { readonly root: string; readonly folder: string }) {
  const own = [join(root, '.piko'), join(root, '.git/piko'), join(folder, 'home/state/piko')]
  const worktrees = join(root, '.piko/worktrees')
  const found = own.flatMap(path => openIn(path, worktrees))
  const generated = foldersIn(worktrees).flatMap(worktree =>
    ['.env.piko', 'docker-compose.piko.yml'].map(name => join(worktree, name)).filter(isOpen),
  )
  return [...found, ...generated].map(path => relative(folder, path))
}

/** Files and folders with a right for the group or for others. The proxy's own user must read its site. */
function openIn(path: string, skipped: string): readonly string[] {
  if (!existsSync(path) || path === skipped || path.endsWith('/piko/proxy/site')) return []
  const own = isOpen(path) && !isForContainers(path) ? [path] : []
  return lstatSync(path).isDirectory()
    ? [...own, ...readdirSync(path).flatMap(name => openIn(join(path, name), skipped))]
    : own
}

/** Secrets and configs of Compose, which any user of a container may read, in a closed folder. */
function isForContainers(path: string): boolean {
  return path.includes('/sources/') && lstatSync(path).isFile()
}

function isOpen(path: string): boolean {
  if (!existsSync(path)) return false
  const stats = lstatSync(path)
  return !stats.isSymbolicLink() && (stats.mode & 0o077) !== 0
}

function foldersIn(path: string): readonly string[] {
  return existsSync(path) ? readdirSync(path).map(name => join(path, name)) : []
}
