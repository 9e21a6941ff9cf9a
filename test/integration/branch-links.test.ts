import { expect } from 'chai'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeScratchProject, type ScratchProject } from '../support/scratch-project.js'

describe("a branch's symbolic links and control characters", () => {
  let made: ScratchProject
  const project = () => made
  const outside = () => join(project().folder, 'outside')
  const prepare = async (config: string) => {
    made = await makeScratchProject({ config, files: { 'README.md': 'x\n' } }, () => undefined)
    mkdirSync(outside())
    writeFileSync(join(outside(), 'secret'), 'TOKEN=stolen\n')
  }
  afterEach(() => made.dispose())

  const commitLink = async (path: string, to: string) => {
    await project().git('checkout', '--quiet', '-b', 'evil')
    symlinkSync(to, join(project().root, path))
    await project().git('add', '--force', path)
    await project().git('commit', '--quiet', '--message', 'link')
    await project().git('checkout', '--quiet', 'main')
  }

  it('cannot have a file outside the worktree read into .env.piko', async () => {
    await prepare('plugins: []\nenv: { A: b }\nfiles: { copy: [] }\n')
    await commitLink('.env.piko', join(outside(), 'secret'))
    const { exitCode, stderr } = await project().piko('create', 'evil')
    expect(stderr).to.contain('WORKTREE_LINK_LEAVES')
    expect(exitCode).to.equal(5)
    expect(readdirSync(outside())).to.deep.equal(['secret'])
    expect(readFileSync(join(outside(), 'secret'), 'utf8')).to.equal('TOKEN=stolen\n')
  })

  it('cannot have dependencies copied outside the worktree, or removed there', async () => {
    await prepare('plugins: []\ndependencies: { app/vendor: copy }\n')
    await commitLink('app', outside())
    mkdirSync(join(project().root, 'app/vendor'), { recursive: true })
    writeFileSync(join(project().root, 'app/vendor/file'), 'of the main checkout\n')
    const { stderr } = await project().piko('create', 'evil')
    expect(stderr).to.contain('WORKTREE_LINK_LEAVES')
    await project().piko('destroy', 'evil', '--yes', '--force')
    expect(readdirSync(outside())).to.deep.equal(['secret'])
  })

  it('appear as text in what piko prints', async () => {
    await prepare('plugins: []\n')
    const branch = 'x\u202Egnp.exe\u009B31m'
    await project().git('branch', branch)
    const created = await project().piko('create', 'odd', '--branch', branch)
    expect(created.exitCode, created.stderr).to.equal(0)
    writeFileSync(join(project().worktree('odd'), 'a\u001B]0;owned\u0007\u001B[2Jb'), '')
    const outputs = [
      created,
      await project().piko('list'),
      await project().piko('status', 'odd'),
      await project().piko('list', '--format', '{{branch}}'),
      await project().piko(),
      await project().piko('destroy', 'odd', '--yes'),
    ]
    const printed = outputs.map(({ stdout, stderr }) => stdout + stderr).join('')
    expect(printed)
      .to.contain(String.raw`\u202egnp.exe\x9b31m`)
      .and.to.contain(String.raw`a\x1b]0;owned\x07\x1b[2Jb`)
    expect(printed).to.not.match(/(?![\n\t])[\p{Cc}\u202E]/u)
    expect(existsSync(project().worktree('odd'))).to.equal(true)
    await project().pikoWell('destroy', 'odd', '--yes', '--force')
  })
})
