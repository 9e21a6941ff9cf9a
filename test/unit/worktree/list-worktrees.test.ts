import { findRepository } from '#src/worktree/find-repository.js'
import { findWorktree, listWorktrees } from '#src/worktree/list-worktrees.js'
import { expect } from 'chai'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { useGit } from '../../support/git.js'

describe('listWorktrees', () => {
  const bed = useGit()

  it('reports the branch, a detached HEAD, a lock with its reason, and a missing folder', async () => {
    const repository = bed.repository()
    const { mainCheckout } = repository
    const head = bed.git(mainCheckout, 'rev-parse', 'HEAD')
    const at = (name: string) => join(bed.folder, name)
    bed.git(mainCheckout, 'worktree', 'add', '-q', '--detach', at('de "tached"'))
    bed.git(mainCheckout, 'worktree', 'add', '-q', '-b', 'fix/ü', at('locked'))
    bed.git(mainCheckout, 'worktree', 'lock', '--reason', 'on a "USB"\nstick', at('locked'))
    bed.git(mainCheckout, 'worktree', 'add', '-q', '-b', 'gone', at('gone'))
    rmSync(at('gone'), { recursive: true })
    const [main, ...others] = await listWorktrees(repository)
    const byPath = (path: string) => others.find(worktree => worktree.path === path)
    const [detached, locked, gone] = [at('de "tached"'), at('locked'), at('gone')].map(byPath)
    expect(main).to.deep.equal({ path: mainCheckout, main: true, head, branch: 'main' })
    expect(detached).to.deep.equal({ path: at('de "tached"'), main: false, head })
    expect(locked).to.include({ branch: 'fix/ü', locked: 'on a "USB"\nstick' })
    expect(gone).to.include({ branch: 'gone' }).and.to.have.property('prunable')
    expect(others).to.have.length(3)
  })

  it('reports the main checkout of a submodule by its folder', async () => {
    const { mainCheckout } = bed.repository()
    bed.repository('library')
    bed.git(mainCheckout, 'submodule', '--quiet', 'add', '../library', 'lib')
    const repository = await findRepository(join(mainCheckout, 'lib'))
    expect((await listWorktrees(repository))[0]?.path).to.equal(join(mainCheckout, 'lib'))
  })

  it('finds a worktree through a symbolic link', async () => {
    const repository = bed.repository()
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', join(bed.folder, 'x'))
    symlinkSync(bed.folder, join(bed.folder, 'short'))
    expect((await findWorktree(repository, join(bed.folder, 'short/x')))?.branch).to.equal('x')
    expect(await findWorktree(repository, join(bed.folder, 'y'))).to.equal(undefined)
  })
})
