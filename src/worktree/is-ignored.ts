import { git } from './git.js'

/**
 * Whether git ignores a path in a checkout. Tracked paths are not ignored. A folder that does not exist yet needs a
 * trailing `/`.
 */
export async function isIgnored(checkout: string, path: string): Promise<boolean> {
  const answer = await git(checkout, ['check-ignore', '--quiet', '--', path], { accept: [1] })
  return answer.exitCode === 0
}

/** The given paths that git ignores. */
export async function keepIgnored(checkout: string, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return []
  const input = paths.map(path => `${path}\0`).join('')
  const { stdout } = await git(checkout, ['check-ignore', '-z', '--stdin'], { accept: [1], input })
  return stdout.split('\0').filter(path => path !== '')
}
