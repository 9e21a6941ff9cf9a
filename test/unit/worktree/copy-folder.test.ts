import { expect } from 'chai'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { copyFolder } from '#src/worktree/copy-folder.js'
import { temporaryFolder } from '../../support/temp.js'

describe('copyFolder', () => {
  function place(context: Mocha.Context) {
    const folder = temporaryFolder(context)
    const [from, to] = [join(folder, 'main'), join(folder, 'worktree')]
    mkdirSync(join(from, 'node_modules/.bin'), { recursive: true })
    mkdirSync(to)
    const inside = (root: string) => (path: string) => join(root, 'node_modules', path)
    return { from, to, path: 'node_modules', inMain: inside(from), inCopy: inside(to) }
  }

  it('copies files with modes and times, independent of the original', async function () {
    const { inMain, inCopy, ...at } = place(this)
    writeFileSync(inMain('a.js'), 'main', { mode: 0o755 })
    utimesSync(inMain('a.js'), 1000, 1000)
    linkSync(inMain('a.js'), inMain('b.js')) // like pnpm's links into its store
    expect(await copyFolder(at)).to.equal(2)
    expect(statSync(inCopy('a.js'))).to.include({ mode: 0o100755, mtimeMs: 1_000_000 })
    writeFileSync(inCopy('a.js'), 'copy')
    expect(readFileSync(inMain('a.js'), 'utf8')).to.equal('main')
  })

  it('keeps links, except those with an absolute path into the main checkout', async function () {
    const { inMain, inCopy, ...at } = place(this)
    symlinkSync('../pg/cli.js', inMain('.bin/pg'))
    symlinkSync(join(at.from, 'packages/web'), inMain('web'))
    symlinkSync('/usr/bin/python3', inMain('.bin/python'))
    symlinkSync(`${at.from}-other`, inMain('other'))
    await copyFolder(at)
    expect(readlinkSync(inCopy('.bin/pg'))).to.equal('../pg/cli.js')
    expect(readlinkSync(inCopy('web'))).to.equal('../packages/web')
    expect(readlinkSync(inCopy('.bin/python'))).to.equal('/usr/bin/python3')
    expect(readlinkSync(inCopy('other'))).to.equal(`${at.from}-other`)
  })

  it('leaves nothing of an interrupted copy, and recovers from one', async function () {
    const { inMain, inCopy, ...at } = place(this)
    writeFileSync(inMain('a.js'), 'main')
    mkdirSync(join(at.to, 'node_modules.piko-new'))
    const signal = AbortSignal.abort(new Error('enough'))
    expect(await copyFolder({ ...at, signal }).catch(String)).to.contain('enough')
    expect(existsSync(join(at.to, 'node_modules'))).to.equal(false)
    expect(existsSync(join(at.to, 'node_modules.piko-new'))).to.equal(false)
    await copyFolder(at)
    expect(readFileSync(inCopy('a.js'), 'utf8')).to.equal('main')
  })
})
