import { addWorktree } from '#src/worktree/add-worktree.js'
import type { Repository } from '#src/worktree/repository.js'
import { resolveBranch } from '#src/worktree/resolve-branch.js'
import { expect } from 'chai'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { failureOf, useGit } from '../../support/git.js'

describe('addWorktree with submodules', () => {
  const bed = useGit()
  const place = () => join(bed.folder, 'worktrees', 'x')
  const add = async (repository: Repository) =>
    addWorktree(repository, { path: place(), branch: await resolveBranch(repository, 'x') })

  function withSubmodule() {
    const repository = bed.repository()
    const library = bed.repository('library')
    bed.git(repository.mainCheckout, 'submodule', '--quiet', 'add', library.mainCheckout, 'my lib')
    bed.git(repository.mainCheckout, 'commit', '-q', '-m', 'Add library')
    return { repository, library }
  }

  it('initializes them', async () => {
    await add(withSubmodule().repository)
    expect(existsSync(join(place(), 'my lib/README'))).to.equal(true)
  })

  it('does not move the HEAD of an existing one, the second time', async () => {
    const { repository } = withSubmodule()
    await add(repository)
    const head = bed.commit(join(place(), 'my lib'), 'mine')
    await add(repository)
    expect(bed.git(join(place(), 'my lib'), 'rev-parse', 'HEAD')).to.equal(head)
  })

  it('initializes a missing one, without moving the HEAD of another', async () => {
    const { repository, library } = withSubmodule()
    bed.git(repository.mainCheckout, 'submodule', '--quiet', 'add', library.mainCheckout, 'second lib')
    bed.git(repository.mainCheckout, 'commit', '-q', '-m', 'Add another')
    await add(repository)
    const head = bed.commit(join(place(), 'my lib'), 'mine')
    bed.git(place(), 'submodule', '--quiet', 'deinit', '--', 'second lib')
    await add(repository)
    expect(existsSync(join(place(), 'second lib/README'))).to.equal(true)
    expect(bed.git(join(place(), 'my lib'), 'rev-parse', 'HEAD')).to.equal(head)
  })

  it('names the command if they cannot be fetched, and leaves nothing behind', async () => {
    const { repository, library } = withSubmodule()
    rmSync(library.mainCheckout, { recursive: true })
    const failed = await failureOf(add(repository))
    expect(failed).to.include({ code: 'WORKTREE_SUBMODULES_FAILED', kind: 'tool' })
    expect(failed.message).to.include('git submodule update --init --recursive')
    expect(failed.details).not.to.deep.equal([])
    expect(existsSync(place())).to.equal(false)
    expect(bed.git(repository.mainCheckout, 'branch', '--list', 'x')).to.equal('')
  })
})
