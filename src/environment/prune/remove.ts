import { detailsOf } from '@piko/sdk'
import { environmentErrors } from '../../errors/environment.js'
import type { Narrator } from '../../lifecycle/narrator.js'
import type { Workspace } from '../../workspace/open.js'
import { deleteBranch } from '../../worktree/delete-branch.js'
import { findBranch } from '../../worktree/refs.js'
import { destroyEnvironment } from '../destroy.js'
import type { Consent } from '../trust/consent.js'
import type { Prunable } from './find.js'

export interface PruneRun {
  readonly workspace: Workspace
  readonly version: string
  readonly narrator: Narrator
  /** How the user approves `scripts.destroy`. */
  readonly consent: Consent
  /** Also deletes branches whose content the default branch has. */
  readonly deleteBranch: boolean
  /** Called for each environment that is gone. */
  removed(name: string): void
}

/** Destroys environments one after another. Continues after a failure, and throws `PRUNE_INCOMPLETE` at the end. */
export async function removeAll(run: PruneRun, prunable: readonly Prunable[]): Promise<void> {
  const failed: { name: string; error: Error }[] = []
  for (const one of prunable) {
    const { name } = one.record
    try {
      await remove(run, one)
      run.removed(name)
    } catch (error) {
      if (!(error instanceof Error) || detailsOf(error)?.kind === 'interrupted') throw error
      failed.push({ name, error })
    }
  }
  if (failed.length > 0) throw environmentErrors.PRUNE_INCOMPLETE({ failed })
}

/** Work that appeared since the list was shown makes `destroy` refuse, and the branch stay. */
async function remove(run: PruneRun, { record, merge }: Prunable): Promise<void> {
  const { workspace } = run
  await destroyEnvironment({
    ...run,
    record,
    force: false,
    deleteBranch: false,
    keepData: false,
    forget: false,
    flags: {},
    command: `piko destroy ${record.name} --yes`,
    confirm: () => Promise.resolve(),
  })
  if (!run.deleteBranch || merge === undefined) return
  const tip = (await findBranch(workspace.repository, record.branch))?.commit
  if (tip === merge.tip) await deleteBranch(workspace.repository, record.branch, { force: true })
}
