import { defineStep, type Fact, type Planned, type Preview, type StepContext } from '@piko/sdk'
import { join, relative } from 'node:path'
import { readAuthorship } from '../../worktree/authorship.js'
import { addWorktree } from '../../worktree/add-worktree.js'
import { resolveBranch } from '../../worktree/resolve-branch.js'
import { carryFiles } from '../../worktree/carry-files.js'
import { deleteBranch } from '../../worktree/delete-branch.js'
import { excludeFromGit } from '../../worktree/exclude-from-git.js'
import { filesToCarry } from '../../worktree/files-to-carry.js'
import { requireNothingDeleted } from '../../worktree/last-commit.js'
import { requireNotMoved } from '../../worktree/find-moved-worktree.js'
import { exists, isInside } from '../../worktree/location.js'
import { removeWorktree } from '../../worktree/remove-worktree.js'
import type { Branch } from '../../worktree/repository.js'
import { authorshipFact } from '../trust/authorship-of.js'
import type { Workspace } from '../../workspace/open.js'

type Receipt = {
  readonly path: string
  readonly branch: string
  readonly head: string
}

/**
 * Whether this environment created its branch. Stored before the branch exists, so that a crash in between leaves
 * nothing behind.
 */
const branchIsOurs: Fact<boolean> = { id: 'core.branch-is-ours' }

const branchWords = { new: 'New branch', local: 'Branch', remote: 'New branch that follows the remote' }

/** Creates the worktree, with the files that git does not track. Resolves the branch unless `findBranch` has done so. */
export function checkoutStep(
  workspace: Workspace,
  findBranch: () => Promise<Branch | undefined> = () => Promise.resolve(undefined),
) {
  const { repository, config, project, readIgnored } = workspace
  return defineStep<unknown, Receipt>({
    id: 'core:checkout',
    title: 'Creating the worktree',
    undoTitle: 'Removing the worktree',
    phase: 'checkout',
    plan: ({ environment }) => planCheckout(environment.path),
    async do({ environment, flags, progress, fact, publish }, before) {
      const { branch: name, path } = environment
      await requireNotMoved(repository, environment)
      const isOurs = fact(branchIsOurs)
      const from: { readonly from?: string } =
        typeof flags['from'] === 'string' && !isOurs ? { from: flags['from'] } : {}
      const branch = (await findBranch()) ?? (await resolveBranch(repository, name, { ...from, path }))
      if (before && branch.kind === 'new')
        await requireNothingDeleted(repository, {
          ...before,
          path,
          branch: name,
          environment: environment.name,
        })
      publish(branchIsOurs, isOurs ?? branch.kind !== 'local')
      if (fact(authorshipFact) === undefined && branch.kind !== 'local') {
        publish(authorshipFact, await readAuthorship(repository, branch, from.from))
      }
      // `node_modules/` in .gitignore does not match a symlink of that name.
      await excludeFromGit(
        repository,
        config.files.link.map(link => `/${link}`),
      )
      const wanted = filesToCarry(repository, { copy: config.files.copy, readIgnored })
      wanted.catch(() => undefined) // reported below, once the worktree is complete
      const added = await addWorktree(repository, { path, branch })
      const copy = (await wanted).filter(file => !isInside(path, join(project.root, file)))
      const carried = await carryFiles({ from: project.root, to: path, copy, link: config.files.link })
      for (const { path: skipped, reason } of carried.skipped) progress(`${skipped}: ${reason}`)
      return { path, branch: name, head: added.head }
    },
    preview: context => previewCheckout(workspace, context),
    /** `destroy` has already checked for work that would be lost; a rollback only undoes its own run. */
    async undo({ environment, verb, flags, fact }) {
      await removeWorktree(repository, environment.path, { force: true })
      if (verb === 'rollback' ? !fact(branchIsOurs) : flags['delete-branch'] !== true) return
      await deleteBranch(repository, environment.branch, { force: flags['force'] === true })
    },
    report: receipt => `Created worktree at ${relative(project.root, receipt.path)}`,
  })
}

async function planCheckout(path: string): Promise<Planned> {
  return (await exists(path))
    ? { action: 'nothing', because: 'the worktree exists' }
    : { action: 'change', because: `${path} does not exist` }
}

async function previewCheckout(
  { repository, config, readIgnored }: Workspace,
  { environment, flags }: StepContext<unknown>,
): Promise<Preview> {
  const { branch: name, path } = environment
  const from = typeof flags['from'] === 'string' ? { from: flags['from'] } : {}
  const branch = await resolveBranch(repository, name, from)
  const copied = await filesToCarry(repository, { copy: config.files.copy, readIgnored })
  const carried = [...copied, ...config.files.link]
  return {
    lines: [
      `Worktree at ${path}`,
      `${branchWords[branch.kind]} ${name}`,
      ...(carried.length > 0 ? [`Files from the main checkout: ${carried.join(', ')}`] : []),
    ],
    answer: { path, branch: name, isNew: branch.kind === 'new', files: carried },
  }
}
