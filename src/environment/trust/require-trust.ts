import type { Access } from '@piko/sdk'
import type { ActivePlugin } from '../../lifecycle/active-plugin.js'
import { withoutApproved } from '../../trust/approvals.js'
import type { Workspace } from '../../workspace/open.js'
import type { Authorship } from '../../worktree/authorship.js'
import { filesToCarry } from '../../worktree/files-to-carry.js'
import { type Consent, isEverythingTrusted, requireApproval } from './consent.js'
import { type MayRead, readMainAccess, readMainReading, type Review } from './review.js'

export interface TrustRequest {
  readonly workspace: Workspace
  readonly plugins: readonly ActivePlugin[]
  readonly signal: AbortSignal
  readonly branch: string
  readonly authorship: Authorship
  /** The branch's last commit. */
  readonly commit: string
  readonly consent: Consent
  /** The command that shows what the branch reaches. */
  readonly look?: string
  /** Reviews the branch; reads it only if `mayRead` allows. */
  review(mayRead: MayRead): Promise<Review>
}

/**
 * Makes sure that the user has approved what the branch reaches beyond the main checkout's own model, if it is not the
 * user's. What reading the branch reaches is approved first, since the rest is known only then.
 */
export async function requireTrust(request: TrustRequest): Promise<void> {
  if (isTrusted(request)) return
  const { workspace, authorship, branch, consent, look } = request
  const wanted = {
    about: `branch ${branch}`,
    subject: `What ${branch}, ${wordsOf(authorship)}, reaches beyond the main checkout`,
    command: `piko trust ${branch}`,
    ...(look === undefined ? {} : { look }),
  } as const
  const origin = await itemsOfOrigin(request)
  for (let isWhole = false; !isWhole;) {
    const review = await request.review(reading => mayRead(request, reading))
    const items = [...origin, ...(await beyondMain(request, review))]
    await requireApproval(workspace, { ...wanted, items }, consent)
    isWhole = review.isWhole
  }
}

/** Whether a branch needs no approval: the user's own by default; never one of another remote. */
function isTrusted({
  workspace: { config },
  authorship,
}: Pick<TrustRequest, 'workspace' | 'authorship'>): boolean {
  if (isEverythingTrusted()) return true
  if (authorship.kind === 'remote' && !authorship.isHome) return false
  const { branches } = config.trust
  return branches === 'all' || (branches === 'own' && authorship.kind === 'own')
}

/** What a review found that the main checkout does not reach, as items to approve. */
async function beyondMain(request: TrustRequest, { reached, isWhole }: Review): Promise<readonly string[]> {
  const { workspace, plugins, signal } = request
  if (reached.length === 0) return []
  const main = await (isWhole ? readMainAccess : readMainReading)(workspace, plugins, signal)
  return newItems(request, { reached, main })
}

/** Whether what reading the branch reaches is allowed: by trust, by the main checkout or by approval. */
export async function mayRead(request: TrustRequest, reading: readonly Access[]): Promise<boolean> {
  if (reading.length === 0 || isTrusted(request)) return true
  const items = await beyondMain(request, { reached: reading, isWhole: false })
  return unapproved(request, items).length === 0
}

function unapproved({ workspace, branch }: TrustRequest, items: readonly string[]): readonly string[] {
  const { machine, project } = workspace
  return withoutApproved(machine, { project: project.root, about: `branch ${branch}`, items })
}

/** What a create would do about trust. */
export interface TrustPlan {
  /** Everything that the branch reaches outside its worktree, as far as it was read. */
  readonly reached: readonly Access[]
  readonly isRead: boolean
  /** What it would ask for. */
  readonly asks: readonly string[]
}

export async function planTrust(request: TrustRequest, found: Review): Promise<TrustPlan> {
  const { reached, isWhole: isRead } = found
  if (isTrusted(request)) return { reached, isRead, asks: [] }
  const items = [...(await itemsOfOrigin(request)), ...(await beyondMain(request, found))]
  return { reached, isRead, asks: unapproved(request, items) }
}

function newItems(
  { commit }: TrustRequest,
  { reached, main }: { readonly reached: readonly Access[]; readonly main: readonly Access[] },
): readonly string[] {
  const known = new Set(main.map(({ message }) => message))
  const items = reached
    .filter(({ message, runsBranch }) => runsBranch || !known.has(message))
    .map(({ message, runsBranch }) => (runsBranch ? `${message}, at commit ${commit.slice(0, 12)}` : message))
  return [...new Set(items)]
}

/** A branch of another remote is always asked about: it gets files of the main checkout that git ignores. */
async function itemsOfOrigin({ workspace, authorship, branch }: TrustRequest): Promise<readonly string[]> {
  if (authorship.kind !== 'remote' || authorship.isHome) return []
  const { repository, config, readIgnored } = workspace
  const carried = [
    ...(await filesToCarry(repository, { copy: config.files.copy, readIgnored })),
    ...config.files.link,
  ]
  return [
    `The branch ${branch} comes from ${authorship.remote}, not from the remote that this project was cloned from`,
    ...(carried.length === 0 ? [] : [`It gets ${carried.join(', ')} of the main checkout`]),
  ]
}

function wordsOf(authorship: Authorship): string {
  switch (authorship.kind) {
    case 'own':
      return 'a branch of yours'
    case 'other':
      return `last committed by ${authorship.committer}`
    case 'remote':
      return `made from ${authorship.remote}`
  }
}
