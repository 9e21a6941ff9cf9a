import { readBases, readPosition } from '#src/worktree/read-position.js'
import type { Repository } from '#src/worktree/repository.js'
import { expect } from 'chai'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { useGit } from '../../support/git.js'

describe('readPosition', () => {
  const bed = useGit()
  const place = () => join(bed.folder, 'x')

  let repository: Repository
  const positionOf = async (checkout: string, signal?: AbortSignal) =>
    readPosition(checkout, await readBases(repository), signal)

  function withWorktree() {
    repository = bed.repository()
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', '-b', 'x', place())
    return repository.mainCheckout
  }

  it('compares with the default branch without an upstream, and counts uncommitted files', async () => {
    const main = withWorktree()
    expect(await positionOf(place())).to.deep.equal({
      uncommitted: 0,
      ahead: 0,
      behind: 0,
      comparedWith: 'main',
    })
    bed.commit(place(), 'one')
    bed.commit(place(), 'two')
    bed.commit(main, 'three')
    bed.write(place(), 'new\nline ü')
    bed.write(place(), 'one', 'changed')
    rmSync(join(place(), 'two'))
    expect(await positionOf(place())).to.deep.equal({
      uncommitted: 3,
      ahead: 2,
      behind: 1,
      comparedWith: 'main',
    })
  })

  it('compares with the upstream if there is one', async () => {
    const main = withWorktree()
    const remote = join(bed.folder, 'remote.git')
    bed.git(main, 'init', '-q', '--bare', remote)
    bed.git(main, 'remote', 'add', 'origin', remote)
    bed.git(place(), 'push', '-q', '-u', 'origin', 'x')
    bed.commit(place(), 'one')
    expect(await positionOf(place())).to.include({ ahead: 1, behind: 0, comparedWith: 'origin/x' })
  })

  it("falls back to the remote's default branch if the upstream is gone", async () => {
    const main = withWorktree()
    const remote = join(bed.folder, 'remote.git')
    bed.git(main, 'init', '-q', '--bare', remote)
    bed.git(main, 'remote', 'add', 'origin', remote)
    bed.git(main, 'push', '-q', 'origin', 'main')
    bed.git(main, 'remote', 'set-head', 'origin', 'main')
    bed.git(place(), 'push', '-q', '-u', 'origin', 'x')
    bed.git(place(), 'push', '-q', 'origin', '--delete', 'x')
    bed.commit(place(), 'one')
    expect(await positionOf(place())).to.include({ ahead: 1, behind: 0, comparedWith: 'origin/main' })
  })

  it('compares a detached HEAD, and a branch whose name git cannot take in a setting', async () => {
    withWorktree()
    bed.commit(place(), 'one')
    const expected = { uncommitted: 0, ahead: 1, behind: 0, comparedWith: 'main' }
    bed.git(place(), 'checkout', '-q', '--detach')
    expect(await positionOf(place())).to.deep.equal(expected)
    bed.git(place(), 'switch', '-q', '-c', 'fix/a=b.c')
    expect(await positionOf(place())).to.deep.equal(expected)
  })

  it('compares a default branch without an upstream with nothing', async () => {
    const main = withWorktree()
    expect(await positionOf(main)).to.deep.equal({
      uncommitted: 0,
      ahead: null,
      behind: null,
      comparedWith: null,
    })
  })

  it('rejects for a missing folder, and after the time limit', async () => {
    withWorktree()
    const gone = await positionOf(join(bed.folder, 'gone')).catch((error: unknown) => error)
    const late = await positionOf(place(), AbortSignal.abort()).catch((error: unknown) => error)
    expect([gone, late].every(error => error instanceof Error)).to.equal(true)
  })
})
