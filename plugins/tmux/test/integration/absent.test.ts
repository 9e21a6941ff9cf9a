import { expect } from 'chai'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makePluginSandbox, type PluginSandbox } from '#test/integration/contract/support/plugin-sandbox.js'

describe('tmux: in a project without other active plugins', () => {
  it('does not count as a detected plugin', function () {
    const { code, stderr } = makePluginSandbox(this, []).piko(['create', 'one'], {
      env: { PIKO_NO_TMUX: '' },
    })
    expect(stderr).to.contain('PROJECT_NOTHING_DETECTED').and.contain('tmux: tmux is installed')
    expect(code).to.equal(3)
  })
})

describe('tmux: without tmux installed', () => {
  let sandbox: PluginSandbox
  /** A PATH with git but without tmux. */
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

  it('is skipped with a warning and how to install it if .piko.yml names it', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: [tmux]\n')
    const { code, stdout } = sandbox.piko(['create', 'two'], { env })
    expect(stdout)
      .to.contain('! The plugin tmux is skipped: tmux is not installed')
      .and.contain('To install tmux, run')
    expect(code).to.equal(0)
    expect(sandbox.piko(['status', 'two'], { env }).stdout).to.contain('! The plugin tmux is skipped')
  })

  it('is an error if .piko.yml requires it', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: { tmux: required }\n')
    const { code, stderr } = sandbox.piko(['create', 'three'], { env })
    expect(stderr).to.contain('tmux is not installed').and.contain('To install tmux, run')
    expect(code).to.equal(4)
    expect(
      sandbox.pikoJson<{ environments: { name: string }[] }>('list').environments.map(({ name }) => name),
    ).not.to.include('three')
  })

  it('is off if PIKO_NO_TMUX is set', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: {}\n')
    expect(sandbox.piko(['status', 'one', '--verbose']).stdout).to.match(
      /^ {2}tmux +no +PIKO_NO_TMUX is set$/m,
    )
  })
})
