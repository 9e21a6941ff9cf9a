import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Registry, startRegistry } from '../../sandbox/registry.js'
import { temporaryFolder } from '../../support/temp.js'
import type { PluginSandbox } from '../contract/support/plugin-sandbox.js'
import { copyExample, makeProcessProject, npm } from './support/bed.js'

const name = 'piko-plugin-processes'

interface Processes {
  readonly processes: readonly { readonly name: string; readonly state: string; readonly pid?: number }[]
}

interface Status {
  readonly variables: Readonly<Record<string, string>>
  readonly plugins: readonly { readonly name: string; readonly active: boolean; readonly because: string }[]
  readonly missing: readonly { readonly packageName: string; readonly steps: readonly string[] }[]
}

describe('a third-party plugin, really installed', function () {
  let registry: Registry
  let root = ''
  let tarball = ''
  before(async function () {
    registry = await startRegistry(this)
    root = copyExample('plugin-processes', temporaryFolder(this))
    const env = { ...process.env, ...registry.env }
    npm(root, env, 'install')
    expect(npm(root, env, 'test')).to.match(/^ℹ fail 0$/m)
    tarball = join(root, npm(root, env, 'pack', '--silent').trim().split('\n').at(-1) ?? '')
    registry.publish(root)
  })
  after(() => registry?.stop())

  const ways: readonly { readonly way: string; words(): readonly string[] }[] = [
    { way: 'from a tarball', words: () => ['plugins', 'install', `file:${tarball}`] },
    { way: 'by link', words: () => ['plugins', 'link', '--no-install', root] },
  ]

  for (const { way, words } of ways) {
    it(`is active, says why, and is undone, when installed ${way}`, async function () {
      const sandbox = makeProcessProject(this, registry)
      sandbox.pikoWell(...words())
      await takesPart(sandbox)
      const pids = pidsOf(sandbox)
      sandbox.pikoWell('destroy', 'one', '--yes')
      expect(pids.filter(isAlive)).to.deep.equal([])
      expect(readdirSync(join(sandbox.project, '.piko', 'environments'))).to.deep.equal([])
    })
  }

  it('provides commands for its processes: logs, restarts, and a history in its own table', function () {
    const sandbox = makeProcessProject(this, registry)
    sandbox.pikoWell('plugins', 'link', '--no-install', root)
    sandbox.pikoWell('create', 'one')
    const [api] = pidsOf(sandbox)
    expect(sandbox.pikoWell('processes', 'restart', 'one', 'api')).to.match(/^✓ Restarted api \(pid \d+\)/)
    expect(pidsOf(sandbox)[0]).not.to.equal(api)
    const { history } = sandbox.pikoJson<{ history: readonly { process: string; event: string }[] }>(
      ...['processes', 'one', '--history', '9'],
    )
    expect(history.filter(({ process }) => process === 'api').map(({ event }) => event)).to.deep.equal([
      'started',
      'ended',
      'started',
    ])
    expect(sandbox.piko(['processes', 'logs', 'one', 'nope'])).to.deep.include({ code: 2 })
    sandbox.pikoWell('down', 'one')
    const states = sandbox.pikoJson<Processes>('processes', 'one').processes.map(({ state }) => state)
    expect(states).to.deep.equal(['stopped', 'stopped'])
    sandbox.pikoWell('up', 'one')
    expect(pidsOf(sandbox).filter(isAlive)).to.have.length(2)
    sandbox.pikoWell('destroy', 'one', '--yes')
  })

  describe('installed by name', () => {
    let sandbox: PluginSandbox
    before(function () {
      sandbox = makeProcessProject(this, registry)
      sandbox.pikoWell('plugins', 'install', name)
    })
    after(() => void sandbox?.piko(['destroy', 'one', '--yes', '--force', '--forget']))

    it('is active, and says why', () => takesPart(sandbox))

    it('is reported missing by `status` and `doctor` after it is uninstalled under a running environment', () => {
      sandbox.pikoWell('plugins', 'uninstall', name)
      const { missing } = sandbox.pikoJson<Status>('status', 'one')
      expect(missing).to.deep.equal([
        { plugin: 'processes', packageName: name, steps: ['processes:define', 'processes:start'] },
      ])
      const doctor = sandbox.piko(['doctor'])
      expect(doctor.code).to.equal(3)
      expect(doctor.stdout).to.contain(`run \`piko plugins install ${name}\``)
      expect(doctor.stdout).to.contain('run `piko destroy one --forget`')
      sandbox.pikoWell('list')
    })

    it('must be reinstalled for `down` and `destroy`, which then undo everything', () => {
      for (const words of [
        ['down', 'one'],
        ['destroy', 'one', '--yes'],
      ]) {
        const refused = sandbox.piko(words)
        expect(refused.code).to.equal(6)
        expect(refused.stderr).to.contain(`\`piko plugins install ${name}\``)
        expect(refused.stderr).to.contain(`\`piko ${words[0]} one --forget\``)
      }
      expect(sandbox.pikoJson<{ status: string }>('status', 'one').status).to.equal('running')
      sandbox.pikoWell('plugins', 'install', name)
      const pids = pidsOf(sandbox)
      expect(pids.filter(isAlive)).to.have.length(2)
      sandbox.pikoWell('destroy', 'one', '--yes')
      expect(pids.filter(isAlive)).to.deep.equal([])
    })

    it('leaves its processes running with --forget', () => {
      sandbox.pikoWell('create', 'two')
      const pids = pidsOf(sandbox, 'two')
      sandbox.pikoWell('plugins', 'uninstall', name)
      sandbox.pikoWell('destroy', 'two', '--yes', '--forget')
      expect(pids.filter(isAlive)).to.deep.equal(pids)
      for (const pid of pids) process.kill(-groupOf(pid))
      expect(existsSync(join(sandbox.project, '.piko', 'worktrees', 'two'))).to.equal(false)
    })

    it('is updated to a newly published version', () => {
      sandbox.pikoWell('plugins', 'install', name)
      npm(root, process.env, 'version', '0.2.0', '--no-git-tag-version')
      registry.publish(root)
      sandbox.pikoWell('plugins', 'update')
      expect(sandbox.pikoWell('plugins')).to.contain('piko-plugin-processes 0.2.0')
    })

    it('is gone after `plugins reset`', () => {
      sandbox.pikoWell('plugins', 'reset')
      expect(sandbox.pikoWell('plugins')).to.contain('No plugins installed')
    })
  })
})

async function takesPart(sandbox: PluginSandbox): Promise<void> {
  expect(sandbox.pikoWell('plugins')).to.match(/^piko-plugin-processes 0\.1\.0/m)
  const created = sandbox.piko(['create', 'one'])
  expect(created, created.stderr).to.include({ code: 0 })
  expect(created.stderr).not.to.match(/warn|typescript|ts-?node/i)
  expect(await hello(sandbox)).to.equal('hello')
  const { plugins } = sandbox.pikoJson<Status>('status', 'one')
  expect(plugins.find(plugin => plugin.name === 'processes')).to.deep.include({
    active: true,
    because: '.piko.yml has processes: api, worker',
  })
  expect(sandbox.pikoWell('list')).to.match(/api:\d+ worker/)
}

async function hello(sandbox: PluginSandbox): Promise<string> {
  const { variables } = sandbox.pikoJson<Status>('status', 'one')
  return (await fetch(variables['PIKO_API_URL'] ?? '')).text()
}

function pidsOf(sandbox: PluginSandbox, environment = 'one'): readonly number[] {
  return sandbox.pikoJson<Processes>('processes', environment).processes.flatMap(({ pid }) => pid ?? [])
}

/** False for a zombie (`Z`): a process that has ended but has not been reaped. */
function isAlive(pid: number): boolean {
  return !['', 'Z'].includes(field(pid, 'stat').charAt(0))
}

function groupOf(pid: number): number {
  return Number(field(pid, 'pgid'))
}

function field(pid: number, name: string): string {
  return spawnSync('ps', ['-o', `${name}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
}
