import { expect } from 'chai'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makePluginSandbox, type PluginSandbox } from '#test/integration/contract/support/plugin-sandbox.js'

describe('tmux: in a project that nothing else is wanted in', () => {
  it('does not make up for it', function () {
    const { code, stderr } = makePluginSandbox(this, []).piko(['create', 'one'], {
      env: { PIKO_NO_TMUX: '' },
    })
    expect(stderr).to.contain('PROJECT_NOTHING_DETECTED').and.contain('tmux: tmux is installed')
    expect(code).to.equal(3)
  })
})

describe('tmux: where it is not installed', () => {
  let sandbox: PluginSandbox
  /** A PATH with git, and without tmux. */
  let env: NodeJS.ProcessEnv
  before(function () {
    sandbox = makePluginSandbox(this, [])
    const folder = join(sandbox.folder, 'programs')
    mkdirSync(folder)
    const git = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim()
    symlinkSync(git, join(folder, 'git'))
    env = { PATH: folder, PIKO_NO_TMUX: '' }
  })

  it('is off, and status says why', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: {}\n')
    sandbox.piko(['create', 'one'], { env })
    const { stdout } = sandbox.piko(['status', 'one', '--verbose'], { env })
    expect(stdout).to.match(/^ {2}tmux +no +tmux is not on the PATH$/m)
  })

  it('is skipped with a warning and the way to install it, where .piko.yml names it', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: [tmux]\n')
    const { code, stdout } = sandbox.piko(['create', 'two'], { env })
    expect(stdout)
      .to.contain('! The plugin tmux is skipped: tmux is not installed')
      .and.contain('To install tmux, run')
    expect(code).to.equal(0)
    expect(sandbox.piko(['status', 'two'], { env }).stdout).to.contain('! The plugin tmux is skipped')
  })

  it('is an error where .piko.yml requires it', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: { tmux: required }\n')
    const { code, stderr } = sandbox.piko(['create', 'three'], { env })
    expect(stderr).to.contain('tmux is not installed').and.contain('To install tmux, run')
    expect(code).to.equal(4)
    expect(
      sandbox.pikoJson<{ environments: { name: string }[] }>('list').environments.map(({ name }) => name),
    ).not.to.include('three')
  })

  it('is off where PIKO_NO_TMUX says so', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: {}\n')
    expect(sandbox.piko(['status', 'one', '--verbose']).stdout).to.match(
      /^ {2}tmux +no +PIKO_NO_TMUX is set$/m,
    )
  })
})
