import { findTop, readCheckout } from '#src/worktree/read-checkout.js'
import { expect } from 'chai'
import { chownSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { useGit } from '../../support/git.js'

describe('readCheckout', () => {
  const bed = useGit()
  const asGit = (folder: string) => {
    const asked = ['--show-toplevel', '--absolute-git-dir', '--git-common-dir']
    const answer = bed.git(folder, 'rev-parse', '--path-format=absolute', ...asked)
    const [top, gitDir, commonDir] = answer.split('\n')
    return { top, gitDir, commonDir }
  }

  it('reads a main checkout and a linked worktree as git does', async () => {
    const { mainCheckout } = bed.repository()
    const linked = join(bed.folder, 'linked')
    bed.git(mainCheckout, 'worktree', 'add', '-q', linked)
    expect(await readCheckout(mainCheckout)).to.deep.equal(asGit(mainCheckout))
    expect(await readCheckout(linked)).to.deep.equal(asGit(linked))
    symlinkSync(linked, join(bed.folder, 'short'))
    expect(await readCheckout(join(bed.folder, 'short'))).to.deep.equal(asGit(linked))
  })

  it('leaves a submodule, and a git directory stored elsewhere, to git', async () => {
    const { mainCheckout } = bed.repository()
    bed.repository('library')
    bed.git(mainCheckout, 'submodule', '--quiet', 'add', '../library', 'lib')
    expect(await readCheckout(join(mainCheckout, 'lib'))).to.equal(undefined)
    bed.git(bed.folder, 'init', '-q', `--separate-git-dir=${join(bed.folder, 'apart')}`, 'checkout')
    expect(await readCheckout(join(bed.folder, 'checkout'))).to.equal(undefined)
  })

  for (const [key, value] of [
    ['core.bare', 'true'],
    ['core.worktree', '..'],
    ['include.path', 'elsewhere'],
  ] as const)
    it(`leaves a repository with ${key} to git`, async () => {
      const { mainCheckout } = bed.repository()
      bed.git(mainCheckout, 'config', key, value)
      expect(await readCheckout(mainCheckout)).to.equal(undefined)
    })

  it("leaves another user's repository to git", async function () {
    if (process.getuid?.() !== 0) return this.skip()
    const { mainCheckout, gitCommonDir } = bed.repository()
    chownSync(gitCommonDir, 65534, 65534)
    expect(await readCheckout(mainCheckout)).to.equal(undefined)
  })

  it('leaves a folder without a repository, and a broken link to one, to git', async () => {
    expect(await readCheckout(bed.folder)).to.equal(undefined)
    bed.write(bed.folder, 'broken/.git', 'gitdir: nowhere\n')
    expect(await readCheckout(join(bed.folder, 'broken'))).to.equal(undefined)
  })
})

describe('findTop', () => {
  const bed = useGit()

  it('finds the nearest folder with a .git', async () => {
    const { mainCheckout } = bed.repository()
    mkdirSync(join(mainCheckout, 'deep/er'), { recursive: true })
    expect(await findTop(join(mainCheckout, 'deep/er'))).to.equal(mainCheckout)
    expect(await findTop(bed.folder)).to.equal(undefined)
  })

  it('leaves a bare repository inside a checkout, and a limited search, to git', async () => {
    const { mainCheckout, gitCommonDir } = bed.repository()
    bed.git(mainCheckout, 'clone', '-q', '--bare', gitCommonDir, 'bare.git')
    expect(await findTop(join(mainCheckout, 'bare.git/refs'))).to.equal(undefined)
    process.env['GIT_CEILING_DIRECTORIES'] = bed.folder
    expect(await findTop(mainCheckout)).to.equal(undefined)
  })
})
