import { git } from './git.js'

/**
 * The branches that hold what is finished: the default branch of the remote, as of the clone, and the local branch of
 * that name. Without a remote, the local `main` or `master`.
 */
export async function findDefaultBranches(checkout: string): Promise<readonly string[]> {
  const format = '--format=%(refname)%00%(symref:lstrip=2)'
  const { stdout } = await git(checkout, ['for-each-ref', format, 'refs/remotes/*/HEAD', 'refs/heads'])
  const refs = stdout.split('\n').map(line => line.split('\0'))
  const remotes = refs.filter(([, target]) => target)
  const [, cloned] = remotes.find(([name]) => name === 'refs/remotes/origin/HEAD') ?? remotes[0] ?? []
  const isLocal = (branch: string) => refs.some(([name]) => name === `refs/heads/${branch}`)
  if (cloned === undefined) return ['main', 'master'].filter(isLocal).slice(0, 1)
  const counterpart = cloned.slice(cloned.indexOf('/') + 1)
  return isLocal(counterpart) ? [cloned, counterpart] : [cloned]
}
