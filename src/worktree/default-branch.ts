import { git } from './git.js'

/** The remote's default branch as of the clone, else the local `main` or `master`. */
export async function findDefaultBranch(checkout: string, signal?: AbortSignal): Promise<string | undefined> {
  const [remote, local] = await readDefaults(checkout, signal)
  return remote ?? local
}

/**
 * The branches that hold what is finished: the remote's default branch and the local branch of that name. Without a
 * remote, the local `main` or `master`.
 */
export async function findDefaultBranches(checkout: string): Promise<readonly string[]> {
  const [remote, local] = await readDefaults(checkout)
  if (remote === undefined) return local === undefined ? [] : [local]
  const counterpart = remote.slice(remote.indexOf('/') + 1)
  const found = await git(checkout, ['for-each-ref', '--format=%(refname)', `refs/heads/${counterpart}`])
  return found.stdout === '' ? [remote] : [remote, counterpart]
}

async function readDefaults(
  checkout: string,
  signal?: AbortSignal,
): Promise<readonly [string | undefined, string | undefined]> {
  const patterns = ['refs/remotes/*/HEAD', 'refs/heads/main', 'refs/heads/master']
  const format = '--format=%(refname)%00%(symref:lstrip=2)'
  const { stdout } = await git(checkout, ['for-each-ref', format, ...patterns], { signal })
  const refs = stdout.split('\n').map(line => line.split('\0'))
  const remotes = refs.filter(([, target]) => target)
  const [, cloned] = remotes.find(([name]) => name === 'refs/remotes/origin/HEAD') ?? remotes[0] ?? []
  const local = refs.find(([name]) => name?.startsWith('refs/heads/'))?.[0]?.slice('refs/heads/'.length)
  return [cloned, local]
}
