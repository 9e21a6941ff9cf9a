import { findRepository } from '#src/worktree/find-repository.js'
import { expect } from 'chai'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { AWKWARD, failureOf, useGit } from '../../support/git.js'

describe('findRepository', () => {
  const bed = useGit()

  it('finds the repository from the main checkout, a subfolder and .git', async () => {
    const repository = bed.repository()
    mkdirSync(join(repository.mainCheckout, 'a b/-c'), { recursive: true })
    for (const place of ['.', 'a b/-c', '.git', '.git/refs']) {
      expect(await findRepository(join(repository.mainCheckout, place))).to.deep.equal(repository)
    }
  })

  it('returns the main checkout from inside a linked worktree', async () => {
    const repository = bed.repository()
    const linked = join(bed.folder, 'linked\nworktree')
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', '-b', 'x', linked)
    mkdirSync(join(linked, 'deep'))
    const found = await findRepository(join(linked, 'deep'))
    expect(found).to.deep.equal({ ...repository, currentCheckout: linked })
  })

  it('follows symbolic links to the real path', async () => {
    const repository = bed.repository()
    symlinkSync(repository.mainCheckout, join(bed.folder, 'short'))
    expect(await findRepository(join(bed.folder, 'short'))).to.deep.equal(repository)
  })

  it('finds a repository without a commit', async () => {
    const checkout = join(bed.folder, 'new')
    bed.git(bed.folder, 'init', '-q', checkout)
    expect((await findRepository(checkout)).mainCheckout).to.equal(checkout)
  })

  it('ignores the variables that git sets for hooks', async () => {
    const repository = bed.repository()
    const other = bed.repository('other')
    Object.assign(process.env, { GIT_DIR: other.gitCommonDir, GIT_WORK_TREE: other.mainCheckout })
    expect(await findRepository(repository.mainCheckout)).to.deep.equal(repository)
  })

  it('refuses a folder outside a repository', async () => {
    const failed = await failureOf(findRepository(bed.folder))
    expect(failed).to.include({
      code: 'REPOSITORY_MISSING',
      message: `${bed.folder} is not in a git repository`,
    })
    expect(failed.kind ?? 'state').to.equal('state')
    expect(failed.hints.at(-1)).to.equal(`To make it one, run \`git -C '${bed.folder}' init\``)
  })

  it('distinguishes a repository that git cannot read from none', async () => {
    bed.write(bed.folder, 'broken/.git', 'gitdir: nowhere\n')
    const failed = await failureOf(findRepository(join(bed.folder, 'broken')))
    expect(failed.code).to.equal('REPOSITORY_UNREADABLE')
    expect(failed.details).to.have.length(1)
  })

  it('refuses a bare repository, and a worktree of one', async () => {
    const { mainCheckout } = bed.repository()
    const bare = join(bed.folder, 'bare.git')
    bed.git(bed.folder, 'clone', '-q', '--bare', mainCheckout, bare)
    bed.git(bare, 'worktree', 'add', '-q', '../of-bare', 'main')
    for (const place of [bare, join(bed.folder, 'of-bare')]) {
      const failed = await failureOf(findRepository(place))
      expect(failed.code).to.equal('REPOSITORY_BARE')
      expect(failed.message).to.include(bare)
    }
  })

  it('treats a submodule as a separate repository, and finds its main checkout from its worktree', async () => {
    const { mainCheckout } = bed.repository()
    bed.repository('library')
    bed.git(mainCheckout, 'submodule', '--quiet', 'add', '../library', 'my lib')
    const submodule = join(mainCheckout, 'my lib')
    bed.git(submodule, 'worktree', 'add', '-q', join(bed.folder, 'linked'))
    const expected = {
      mainCheckout: submodule,
      gitCommonDir: join(mainCheckout, '.git/modules/my lib'),
      currentCheckout: submodule,
    }
    expect(await findRepository(submodule)).to.deep.equal(expected)
    const linked = join(bed.folder, 'linked')
    expect(await findRepository(linked)).to.deep.equal({ ...expected, currentCheckout: linked })
  })

  it('works with a separate git directory, and reports a main checkout that cannot be determined', async () => {
    const checkout = join(bed.folder, AWKWARD)
    const apart = join(bed.folder, 'apart')
    bed.git(bed.folder, 'init', '-q', `--separate-git-dir=${apart}`, checkout)
    bed.commit(checkout, 'README')
    const linked = join(bed.folder, 'linked')
    bed.git(checkout, 'worktree', 'add', '-q', linked)
    expect((await findRepository(checkout)).mainCheckout).to.equal(checkout)
    expect((await failureOf(findRepository(linked))).code).to.equal('REPOSITORY_MAIN_UNKNOWN')
  })
})
