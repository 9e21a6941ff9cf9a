import type { ActivePlugin } from '../../lifecycle/active-plugin.js'
import type { ScopedRun } from '../../runs/begin-run.js'
import type { Workspace } from '../../workspace/open.js'
import { exists, isEmptyFolder } from '../../worktree/location.js'
import type { EnvironmentRunRequest } from '../begin-run.js'
import { findRecord, type Identity } from '../record.js'
import { inPlace, onCopy, type TrialRequest } from '../trial.js'
import { type AuthoredRequest, readAuthorshipOf } from './authorship-of.js'
import { type Consent, isEverythingTrusted } from './consent.js'
import { requireTrust, type TrustRequest } from './require-trust.js'
import { review } from './review.js'

export interface RunToTrust extends AuthoredRequest {
  readonly request: EnvironmentRunRequest
  readonly consent: Consent
  /** The command that shows what the branch reaches. */
  readonly look?: string
  plugins(workspace: Workspace): readonly ActivePlugin[]
}

/** Makes sure that a run may read and start the environment's branch. Changes nothing but approvals. */
export async function requireTrustIn(run: Pick<ScopedRun, 'interrupt'>, about: RunToTrust): Promise<void> {
  if (isEverythingTrusted()) return
  await requireTrust(await trustRequestOf(about, run))
}

export async function trustRequestOf(
  { request, consent, look, plugins, ...authored }: RunToTrust,
  { interrupt }: Pick<ScopedRun, 'interrupt'>,
): Promise<TrustRequest> {
  const { workspace } = request
  const { identity, from } = authored
  const { authorship, commit } = await readAuthorshipOf(workspace, authored)
  const trial: TrialRequest = { identity, run: request, interrupt, plugins, from }
  const isThere = await hasFiles(workspace, identity)
  const active = plugins(workspace).filter(({ name }) => name !== 'core')
  return {
    workspace,
    plugins: active,
    signal: interrupt.first,
    branch: identity.branch,
    authorship,
    commit,
    consent,
    ...(look === undefined ? {} : { look }),
    review: mayRead => (isThere ? inPlace : onCopy)(trial, one => review(one, mayRead)),
  }
}

/** Whether the environment's worktree exists. Whatever is in the folder is what would be read. */
async function hasFiles({ state }: Workspace, { name, path }: Identity): Promise<boolean> {
  return findRecord(state, name) !== undefined && (await exists(path)) && !(await isEmptyFolder(path))
}
