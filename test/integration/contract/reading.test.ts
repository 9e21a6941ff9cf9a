import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePluginSandbox, type PluginSandbox, usingPlugins } from './support/plugin-sandbox.js'

const config = `ports: { base: 9000 }\n${usingPlugins([{ name: 'engine' }])}`

describe('reading commands', function () {
  this.timeout(240_000)
  let sandbox: PluginSandbox
  before(function () {
    sandbox = makePluginSandbox(this, [{ name: 'engine' }])
    writeFileSync(join(sandbox.project, '.piko.yml'), config)
    sandbox.pikoWell('create', 'one')
  })
  const using = 'Using one, the only environment\n'

  it('use the only environment if none is named, and say so on stderr', () => {
    for (const command of ['status', 'env', 'path']) {
      const { code, stderr } = sandbox.piko([command])
      expect([code, stderr], command).to.deep.equal([0, using])
    }
    expect(sandbox.piko(['path']).stdout).to.equal(`${join(sandbox.project, '.piko/worktrees/one')}\n`)
  })

  it('do not say so inside its worktree, or if it is named', () => {
    const cwd = join(sandbox.project, '.piko/worktrees/one')
    expect(sandbox.piko(['status'], { cwd }).stderr).to.equal('')
    expect(sandbox.piko(['status', 'one']).stderr).to.equal('')
  })

  it('are unlike commands that change something, which require a name', () => {
    for (const words of [['destroy', '--yes'], ['down'], ['up'], ['restart'], ['run', '--', 'true']]) {
      const { code, stderr } = sandbox.piko(words)
      expect(code, words.join(' ')).to.equal(2)
      expect(stderr).to.contain('ENVIRONMENT_UNNAMED')
    }
    expect(sandbox.pikoJson<{ environments: unknown[] }>('list').environments).to.have.length(1)
  })

  it('accept `up -d` without effect', () => {
    expect(sandbox.pikoWell('up', '-d', 'one')).to.contain('✓ Environment ready')
  })

  it('require a name if there are several environments', () => {
    sandbox.pikoWell('create', 'two')
    const { code, stderr } = sandbox.piko(['status'])
    expect(code).to.equal(2)
    expect(stderr).to.contain('ENVIRONMENT_UNNAMED')
  })

  it('format each environment with a template, and refuse unknown fields', () => {
    expect(sandbox.pikoWell('list', '--format', '{{name}} {{status}}{{url}}')).to.equal(
      'one running\ntwo running\n',
    )
    const { code, stderr } = sandbox.piko(['list', '--format', '{{nmae}}'])
    expect(code).to.equal(2)
    expect(stderr).to.contain('FORMAT_FIELD_UNKNOWN').and.contain('name, branch, status, path, url')
  })

  it('list every project with --all, also from outside, and report missing and unreadable ones', () => {
    const other = makeOther('other')
    sandbox.piko(['create', 'three'], { cwd: other })
    const broken = makeOther('broken')
    sandbox.piko(['create', 'four'], { cwd: broken })
    for (const end of ['', '-wal', '-shm']) rmSync(join(broken, `.piko/state.db${end}`), { force: true })
    writeFileSync(join(broken, '.piko/state.db'), 'no database'.repeat(1000))
    const gone = makeOther('gone')
    sandbox.piko(['create', 'five'], { cwd: gone })
    rmSync(gone, { recursive: true })
    const { code, stdout, stderr } = sandbox.piko(['list', '--all'], { cwd: sandbox.folder })
    expect(code, stderr).to.equal(0)
    expect(stdout).to.match(/^PROJECT +NAME +STATUS/)
    expect(stdout)
      .to.match(/app +one +running/)
      .and.match(/other +three +running/)
    expect(stderr)
      .to.contain(`! ${broken}: its state cannot be read`)
      .and.contain(`! ${gone}: its folder is gone`)
    const answer = sandbox.piko(['list', '--all', '--json'], { cwd: sandbox.folder })
    const { environments, unreadable } = JSON.parse(answer.stdout) as All
    expect(environments.map(({ project, name }) => `${project.name} ${name}`)).to.deep.equal([
      'app one',
      'app two',
      'other three',
    ])
    expect(unreadable.map(({ name }) => name)).to.deep.equal(['broken', 'gone'])
    const lines = sandbox.piko(['list', '--all', '--format', '{{project}}/{{name}}'], { cwd: sandbox.folder })
    expect(lines.stdout).to.equal('app/one\napp/two\nother/three\n')
  })

  function makeOther(name: string): string {
    const root = join(sandbox.folder, name)
    mkdirSync(root)
    for (const args of [
      ['init', '--quiet', '--initial-branch=main'],
      ['commit', '--quiet', '--allow-empty', '--message=first'],
    ])
      expect(spawnSync('git', args, { cwd: root }).status).to.equal(0)
    writeFileSync(join(root, '.piko.yml'), config)
    return root
  }
})

interface All {
  readonly environments: readonly { readonly name: string; readonly project: { readonly name: string } }[]
  readonly unreadable: readonly { readonly name: string }[]
}
