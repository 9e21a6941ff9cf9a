import { filesToCarry } from '#src/worktree/files-to-carry.js'
import { expect } from 'chai'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { useGit } from '../../support/git.js'

describe('filesToCarry', () => {
  const bed = useGit()

  function withFiles(ignored: string, ...paths: readonly string[]) {
    const repository = bed.repository()
    bed.commit(repository.mainCheckout, '.gitignore', ignored)
    for (const path of paths) bed.write(repository.mainCheckout, path)
    return repository
  }

  it('takes ignored .env* files anywhere, but not those in ignored folders', async () => {
    const paths = [
      '.env',
      '.env.local',
      `it's ü/-a/.env`,
      'node_modules/x/.env',
      '.envs/bin/python',
      'x.env',
      '.envrc',
    ]
    const repository = withFiles('.env*\nnode_modules\n', ...paths)
    const expected = ['.env', '.env.local', '.envrc', `it's ü/-a/.env`]
    expect(await filesToCarry(repository)).to.deep.equal(expected)
  })

  it('takes neither tracked nor untracked files by default', async () => {
    const repository = withFiles('.env\n', '.env', '.env.untracked')
    bed.commit(repository.mainCheckout, '.env.example')
    bed.git(repository.mainCheckout, 'add', '-f', '.env')
    expect(await filesToCarry(repository)).to.deep.equal([])
  })

  it('treats a symbolic link as a file', async () => {
    const repository = withFiles('.env*\n')
    symlinkSync('/etc', join(repository.mainCheckout, '.env.etc'))
    expect(await filesToCarry(repository)).to.deep.equal(['.env.etc'])
  })

  it('never takes files from .piko, .git or a nested repository', async () => {
    const repository = withFiles('.env*\n/inner/\n', '.piko/.env', '.piko/worktrees/a/.env', 'inner/.env')
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', 'trees/b')
    bed.write(repository.mainCheckout, 'trees/b/.env')
    bed.git(join(repository.mainCheckout, 'inner'), 'init', '-q')
    for (const copy of [undefined, ['.env', '*', '/.git/', '/.piko/', 'trees/**', 'config']]) {
      const found = await filesToCarry(repository, { copy })
      expect(found.filter(path => /^(\.git|\.piko|trees|inner)\//.test(path))).to.deep.equal([])
    }
  })

  describe('with patterns', () => {
    const paths = [
      '.env',
      'a/.env',
      'node_modules/x/.env',
      'node_modules/x/dist/f',
      '.claude/set',
      '.claude/deep/f',
    ]
    const take = async (copy: readonly string[], ...more: readonly string[]) =>
      filesToCarry(withFiles('.env\nnode_modules\n.claude/\n', ...paths, ...more), { copy })

    it('matches a bare name anywhere except in ignored folders', async () => {
      expect(await take(['.env'])).to.deep.equal(['.env', 'a/.env'])
    })
    it('matches **/ anywhere except in ignored folders', async () => {
      expect(await take(['**/.env'])).to.deep.equal(['.env', 'a/.env'])
    })
    it('anchors a leading slash at the top folder', async () => {
      expect(await take(['/.env'])).to.deep.equal(['.env'])
    })
    it('takes everything in a named ignored folder', async () => {
      expect(await take(['.claude/'])).to.deep.equal(['.claude/deep/f', '.claude/set'])
    })
    it('takes a file named with its ignored folder', async () => {
      expect(await take(['.claude/s*', 'node_modules/x/dist/'])).to.deep.equal([
        '.claude/set',
        'node_modules/x/dist/f',
      ])
    })
    it('lets a later ! exclude again', async () => {
      expect(await take(['.env', '!/a/.env'])).to.deep.equal(['.env'])
    })
    it('takes untracked files as well as ignored ones', async () => {
      expect(await take(['notes*', '\\#*'], 'notes "ü"\nx', '#odd')).to.deep.equal(['#odd', 'notes "ü"\nx'])
    })
    it('takes nothing for an empty list', async () => {
      expect(await take([])).to.deep.equal([])
    })
  })

  it('accepts a folder whose name git could read as something else', async () => {
    const repository = withFiles('/:odd/\n', ':odd/a')
    expect(await filesToCarry(repository, { copy: ['/:odd/'] })).to.deep.equal([':odd/a'])
  })

  it('takes only the ignored files that .worktreeinclude names', async () => {
    const repository = withFiles('.env\n/certs/\n*.key\n', '.env', 'certs/ü.pem', 'a.key', ':b.key', 'notes')
    bed.write(repository.mainCheckout, '.worktreeinclude', '# ours\r\n\r\ncerts/\r\n*.key\nnotes\nREADME\n')
    const included = [':b.key', 'a.key', 'certs/ü.pem']
    expect(await filesToCarry(repository, { copy: [] })).to.deep.equal(included)
    expect(await filesToCarry(repository)).to.deep.equal(['.env', ...included].sort())
    rmSync(join(repository.mainCheckout, '.worktreeinclude'))
    bed.write(repository.mainCheckout, 'other list', '*.key')
    expect(await filesToCarry(repository, { copy: [], include: 'other list' })).to.deep.equal([
      ':b.key',
      'a.key',
    ])
  })

  it('needs no patterns and no files', async () => {
    mkdirSync(join(bed.folder, 'x'))
    expect(await filesToCarry(bed.repository())).to.deep.equal([])
  })
})
