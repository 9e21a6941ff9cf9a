import { carryFiles, type CarryRequest } from '#src/worktree/carry-files.js'
import { expect } from 'chai'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { failureOf, useGit } from '../../support/git.js'

describe('carryFiles', () => {
  const bed = useGit()
  const from = () => join(bed.folder, `ma'in ü`)
  const to = () => join(bed.folder, 'work "tree"')
  const carry = async (wish: Partial<CarryRequest>) =>
    carryFiles({ from: from(), to: to(), copy: [], link: [], ...wish })

  beforeEach(() => {
    mkdirSync(from())
    mkdirSync(to())
  })

  it('copies files with their modes, and creates their folders', async () => {
    const paths = ['.env', '-deep "ü"/er/x']
    for (const path of paths) chmodSync(bed.write(from(), path), path === '.env' ? 0o400 : 0o755)
    expect(await carry({ copy: paths })).to.deep.equal({ copied: paths, linked: [], skipped: [] })
    expect(readFileSync(join(to(), paths[1] ?? ''), 'utf8')).to.equal('-deep "ü"/er/x\n')
    expect(statSync(join(to(), '.env')).mode & 0o777).to.equal(0o400)
    expect(statSync(join(to(), paths[1] ?? '')).mode & 0o777).to.equal(0o755)
    expect(readdirSync(to())).to.have.length(2)
  })

  it('never overwrites, and does nothing the second time', async () => {
    bed.write(from(), '.env', 'from main')
    bed.write(to(), '.env', 'of the branch')
    bed.write(from(), 'a/b')
    bed.write(to(), 'a', 'a file')
    symlinkSync('nowhere', join(to(), 'dangling'))
    bed.write(from(), 'dangling')
    const { skipped } = await carry({ copy: ['.env', 'a/b', 'dangling'] })
    expect(skipped.map(({ reason }) => reason)).to.deep.equal(Array(3).fill('there-already'))
    expect(readFileSync(join(to(), '.env'), 'utf8')).to.equal('of the branch')
    expect(readlinkSync(join(to(), 'dangling'))).to.equal('nowhere')
  })

  it('replaces the leftovers of an interrupted copy, and no other file', async () => {
    bed.write(from(), '.env', 'whole')
    bed.write(to(), '.env.piko-new', 'ha')
    await carry({ copy: ['.env'] })
    expect(readFileSync(join(to(), '.env'), 'utf8')).to.equal('whole')
    expect(readdirSync(to())).to.deep.equal(['.env'])
  })

  it('does not write through a link at the path of its unfinished copy', async () => {
    bed.write(from(), '.env')
    symlinkSync(bed.write(bed.folder, 'outside', 'kept'), join(to(), '.env.piko-new'))
    await carry({ copy: ['.env'] })
    expect(readFileSync(join(bed.folder, 'outside'), 'utf8')).to.equal('kept')
    expect(lstatSync(join(to(), '.env')).isFile()).to.equal(true)
  })

  it('copies a symbolic link as a link', async () => {
    symlinkSync('/etc/passwd', join(from(), 'link'))
    symlinkSync('nowhere', join(from(), 'dangling'))
    expect((await carry({ copy: ['link', 'dangling'] })).copied).to.have.length(2)
    expect(readlinkSync(join(to(), 'link'))).to.equal('/etc/passwd')
    expect(readlinkSync(join(to(), 'dangling'))).to.equal('nowhere')
  })

  it('neither reads nor writes through a folder that leads outside', async () => {
    mkdirSync(join(bed.folder, 'outside'))
    bed.write(join(bed.folder, 'outside'), 'secret')
    symlinkSync('../outside', join(from(), 'way out'))
    bed.write(from(), 'config/.env')
    symlinkSync('../outside', join(to(), 'config'))
    const { skipped } = await carry({ copy: ['way out/secret', 'config/.env'] })
    expect(skipped.map(({ reason }) => reason)).to.deep.equal(['leads-outside', 'leads-outside'])
    expect(readdirSync(join(bed.folder, 'outside'))).to.deep.equal(['secret'])
  })

  it('reports what is missing and what is not a file', async () => {
    mkdirSync(join(from(), 'folder'))
    expect((await carry({ copy: ['gone', 'folder'], link: ['node_modules'] })).skipped).to.deep.equal([
      { path: 'node_modules', reason: 'missing' },
      { path: 'gone', reason: 'missing' },
      { path: 'folder', reason: 'not-a-file' },
    ])
    expect(readdirSync(to())).to.deep.equal([])
  })

  it('links to the main checkout once, and copies nothing through the link', async () => {
    bed.write(from(), 'node_modules/x/.env')
    const wish = { link: ['node_modules/'], copy: ['node_modules/x/.env'] }
    for (let times = 0; times < 2; times++) {
      const { linked, skipped } = await carry(wish)
      expect(linked).to.deep.equal(['node_modules'])
      expect(skipped).to.deep.equal([{ path: 'node_modules/x/.env', reason: 'leads-outside' }])
    }
    expect(readlinkSync(join(to(), 'node_modules'))).to.equal(join(from(), 'node_modules'))
  })

  it('does not replace an existing file with a link', async () => {
    bed.write(from(), 'node_modules/x')
    bed.write(to(), 'node_modules/mine')
    const { skipped } = await carry({ link: ['node_modules'] })
    expect(skipped).to.deep.equal([{ path: 'node_modules', reason: 'there-already' }])
    expect(lstatSync(join(to(), 'node_modules')).isDirectory()).to.equal(true)
  })

  for (const path of [
    '../x',
    'a/../../x',
    '/etc/passwd',
    '..',
    '.',
    '',
    '.git',
    '.git/config',
    './.piko/x',
  ]) {
    it(`refuses ${JSON.stringify(path)} before anything is carried`, async () => {
      bed.write(from(), '.env')
      for (const wish of [{ copy: ['.env', path] }, { copy: ['.env'], link: [path] }]) {
        expect((await failureOf(carry(wish))).code).to.equal('WORKTREE_CARRY_PATH')
      }
      expect(existsSync(join(to(), '.env'))).to.equal(false)
    })
  }
})
