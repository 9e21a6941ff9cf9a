import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PIKO } from '../sandbox/piko.js'
import { temporaryFolder } from '../support/temp.js'

function piko(cwd: string, ...words: readonly string[]) {
  const [program, script] = PIKO
  const { status, stdout, stderr } = spawnSync(program, [script, ...words], {
    cwd,
    encoding: 'utf8',
  })
  expect(status, stderr).to.equal(0)
  return stdout
}

function git(cwd: string, ...words: readonly string[]) {
  expect(spawnSync('git', words, { cwd }).status).to.equal(0)
}

const hintsIn = (text: string) => text.split('\n').filter(line => line.startsWith('↳ '))

describe('piko alone', function () {
  let folder: string
  beforeEach(function () {
    folder = join(temporaryFolder(this), 'shop')
    mkdirSync(folder)
  })

  const repository = () => {
    git(folder, 'init', '--quiet', '--initial-branch=main')
    git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'first')
  }

  it('says so outside a repository, with three hints', () => {
    const text = piko(folder)
    expect(text).to.match(/^This folder is not in a git repository\n/)
    expect(hintsIn(text)).to.have.length(3)
  })

  it('says how to name a Compose file if there is none', () => {
    repository()
    const text = piko(folder)
    expect(text).to.match(/^In the main checkout of shop; it has no environments yet\n/)
    expect(hintsIn(text)).to.have.length(3)
    expect(hintsIn(text)[0]).to.contain('compose.yaml')
  })

  it('suggests create if there are no environments', () => {
    repository()
    writeFileSync(join(folder, 'compose.yaml'), 'services: {}\n')
    const text = piko(folder)
    expect(hintsIn(text)).to.have.length(3)
    expect(hintsIn(text)[0]).to.equal('↳ To create an environment for a branch, run `piko create my-branch`')
  })

  it('lists environments, and inside one names it', () => {
    repository()
    writeFileSync(join(folder, '.piko.yml'), 'plugins: []\n')
    piko(folder, 'create', 'feature-auth', '--no-start')
    const outside = piko(folder)
    expect(outside)
      .to.match(/^In the main checkout of shop\n/)
      .and.contain('feature-auth')
    expect(hintsIn(outside)).to.have.length(3)
    expect(hintsIn(outside)[0]).to.contain('`piko up feature-auth`')
    const inside = piko(join(folder, '.piko/worktrees/feature-auth'))
    expect(inside).to.match(/^In the environment feature-auth \(prepared\) of shop\n/)
    expect(hintsIn(inside)).to.have.length(3)
  })
})
