import { realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'

/**
 * Whether a path leads out of a folder once its symbolic links are resolved. A branch may contain links to anywhere: piko
 * never reads or writes through one that leaves the worktree. The path itself need not exist.
 */
export async function leadsOutside(folder: string, path: string): Promise<boolean> {
  const [root, real] = await Promise.all([realLocation(folder), realLocation(path)])
  return real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** A link that leads nowhere counts by where it is. */
async function realLocation(path: string): Promise<string> {
  const absolute = resolve(path)
  const real = await realpath(absolute).catch(() => undefined)
  if (real !== undefined) return real
  const parent = dirname(absolute)
  return parent === absolute ? absolute : join(await realLocation(parent), basename(absolute))
}
