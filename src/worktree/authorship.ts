import { git } from './git.js'
import type { Branch, Repository } from './repository.js'

/** Whose work a commit is, and where it came from. */
export type Authorship =
  | { readonly kind: 'own' }
  /** Its last committer is someone else. `committer` is an email address. */
  | { readonly kind: 'other'; readonly committer: string }
  /** Made from a branch of a remote. `isHome`: of the one that the project was cloned from. */
  | { readonly kind: 'remote'; readonly remote: string; readonly isHome: boolean }

/** Whose work a branch is, by git's own records: reflog, configuration and last commit. */
export async function readAuthorship(
  repository: Repository,
  branch: Branch,
  from?: string,
): Promise<Authorship> {
  switch (branch.kind) {
    case 'remote':
      return remoteOf(repository, branch.remoteRef)
    case 'local':
      return authorshipOfLocal(repository, branch.branch)
    case 'new':
      return authorshipOfStart(repository, branch.startPoint, from)
  }
}

async function authorshipOfLocal(repository: Repository, branch: string): Promise<Authorship> {
  const source = await readSource(repository, branch)
  if (source && !(await isBase(repository, source))) return remoteOf(repository, source)
  return authorshipOfCommit(repository, `refs/heads/${branch}`)
}

/** Whether a ref is what the main checkout follows, or the remote's default branch: own work starts there. */
async function isBase({ mainCheckout }: Repository, ref: string): Promise<boolean> {
  const fullName = (words: string) =>
    readLine(mainCheckout, ['rev-parse', '--symbolic-full-name', '--end-of-options', words])
  const full = await fullName(ref)
  if (!full?.startsWith('refs/remotes/')) return false
  const [, remote = ''] = /^refs\/remotes\/(.*?)\/[^/]+$/.exec(full) ?? []
  return full === (await fullName('@{upstream}')) || full === (await fullName(`refs/remotes/${remote}/HEAD`))
}

/** What the main checkout has checked out is the user's choice, whoever committed it. */
async function authorshipOfStart(
  repository: Repository,
  commit: string,
  from: string | undefined,
): Promise<Authorship> {
  const { mainCheckout, currentCheckout } = repository
  if (from === undefined && currentCheckout === mainCheckout) return { kind: 'own' }
  if (commit === (await readLine(mainCheckout, ['rev-parse', '--verify', '--quiet', 'HEAD'])))
    return { kind: 'own' }
  const ref = await readLine(currentCheckout, [
    'rev-parse',
    '--symbolic-full-name',
    '--end-of-options',
    from ?? 'HEAD',
  ])
  if (ref?.startsWith('refs/remotes/'))
    return (await isBase(repository, ref))
      ? authorshipOfCommit(repository, commit)
      : remoteOf(repository, ref)
  if (ref?.startsWith('refs/heads/')) return authorshipOfLocal(repository, ref.slice('refs/heads/'.length))
  return authorshipOfHolders(repository, commit)
}

/** A commit named by its id, or by a tag: it is the remote's if no branch has it that began here. */
async function authorshipOfHolders(repository: Repository, commit: string): Promise<Authorship> {
  const words = ['for-each-ref', '--contains', commit, '--format=%(refname)', 'refs/heads', 'refs/remotes']
  const refs = ((await readLine(repository.mainCheckout, words)) ?? '').split('\n').filter(Boolean)
  for (const ref of refs.filter(isHead)) {
    const source = await readSource(repository, ref.slice('refs/heads/'.length))
    if (!source || (await isBase(repository, source))) return authorshipOfCommit(repository, commit)
  }
  return remoteOf(repository, refs.find(ref => !isHead(ref)) ?? 'FETCH_HEAD')
}

function isHead(ref: string): boolean {
  return ref.startsWith('refs/heads/')
}

/** Whether a branch's last commit is the user's. */
export async function authorshipOfCommit(repository: Repository, commit: string): Promise<Authorship> {
  const { mainCheckout } = repository
  const committer = await readLine(mainCheckout, ['log', '-1', '--format=%ce', '--end-of-options', commit])
  const identity = await readLine(mainCheckout, ['var', 'GIT_COMMITTER_IDENT'])
  const [, email] = /<([^>]*)>/.exec(identity ?? '') ?? []
  return committer !== undefined && committer !== '' && committer === email
    ? { kind: 'own' }
    : { kind: 'other', committer: committer ?? 'an unknown committer' }
}

/**
 * What a local branch was made from, if that is a remote: a remote-tracking ref, or `REMOTE REF` as fetched. Without a
 * reflog, a branch that follows a remote counts as made from it.
 */
async function readSource({ mainCheckout }: Repository, branch: string): Promise<string | undefined> {
  const log = await readLine(mainCheckout, ['log', '-g', '--format=%gs', `refs/heads/${branch}`, '--'])
  const first = log?.split('\n').at(-1) ?? ''
  const [, made] = /^branch: Created from (.+)$/.exec(first) ?? []
  if (made !== undefined) return (await isLocal(mainCheckout, made)) ? undefined : made
  const [, fetched] = /^(?:fetch|pull)\b(.*?)(?:: .*)?$/.exec(first) ?? []
  if (fetched !== undefined) return fetched.trim()
  if (/^clone: /.test(first)) return 'refs/remotes/origin/HEAD'
  if (first !== '') return undefined
  const key = `branch.${branch}`
  const remote = await readLine(mainCheckout, ['config', '--get', `${key}.remote`])
  const ref = await readLine(mainCheckout, ['config', '--get', `${key}.merge`])
  return remote === undefined || remote === '' || remote === '.' ? undefined : `${remote} ${ref ?? ''}`
}

/** Whether a new branch started at HEAD, at a commit id, or at something else of this repository. */
async function isLocal(checkout: string, start: string): Promise<boolean> {
  if (start === 'HEAD' || /^[0-9a-f]{7,64}$/.test(start)) return true
  const names = ['heads', 'tags'].map(kind => (start.startsWith('refs/') ? start : `refs/${kind}/${start}`))
  for (const name of names) {
    const isThere = await readLine(checkout, ['rev-parse', '--verify', '--quiet', '--end-of-options', name])
    if (isThere && /^refs\/(heads|tags)\//.test(name)) return true
  }
  return false
}

/** `source`: `refs/remotes/origin/feature`, `origin/feature`, or `origin pull/7/head:feature` as fetched. */
async function remoteOf({ mainCheckout }: Repository, source: string): Promise<Authorship> {
  const names = ((await readLine(mainCheckout, ['remote'])) ?? '').split('\n').filter(Boolean)
  const home = await readHome(mainCheckout, names)
  const plain = source.replace(/^refs\/remotes\//, '').replace(/^(?:-\S+ )+/, '')
  const remote = names
    .filter(name => plain === name || plain.startsWith(`${name}/`) || plain.startsWith(`${name} `))
    .sort((one, other) => other.length - one.length)[0]
  // A pull request's ref is on the home remote, but anyone can push to it.
  const isRequest = /^\S+ (?:\+?(?:refs\/)?(?:pull|merge-requests|changes|pull-requests)\/)/.test(plain)
  return {
    kind: 'remote',
    remote: remote ?? plain,
    isHome: remote !== undefined && remote === home && !isRequest,
  }
}

/** The remote that the repository was cloned from: by the reflog, else `origin`, else the only one. */
async function readHome(checkout: string, names: readonly string[]): Promise<string | undefined> {
  const log = await readLine(checkout, ['log', '-g', '--format=%gs', 'HEAD', '--'])
  const [, url] = /^clone: from (.+)$/.exec(log?.split('\n').at(-1) ?? '') ?? []
  for (const name of names) {
    if (url === undefined) break
    if ((await readLine(checkout, ['config', '--get', `remote.${name}.url`])) === url) return name
  }
  if (names.includes('origin')) return 'origin'
  return names.length === 1 ? names[0] : undefined
}

/** The answer of git, or undefined if it has none. */
async function readLine(checkout: string, args: readonly string[]): Promise<string | undefined> {
  // 129: no such commit, as in a worktree whose branch was deleted
  const { exitCode, stdout } = await git(checkout, args, { accept: [1, 2, 128, 129] })
  return exitCode === 0 ? stdout.trim() : undefined
}

/** Whether a remote has the commit, as of the last fetch. */
export async function isOnRemote({ mainCheckout }: Repository, commit: string): Promise<boolean> {
  const refs = await readLine(mainCheckout, [
    'for-each-ref',
    '--count=1',
    '--contains',
    commit,
    'refs/remotes',
  ])
  return refs !== undefined && refs !== ''
}
