import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePluginSandbox, type PluginSandbox } from './support/plugin-sandbox.js'

const config = `plugins: [engine, processes, snapshots]
processes:
  api: { command: 'exec sleep 60', port: 3000 }
snapshots: { file: app.db }
`
const save = { destroy: { save: { type: 'boolean', summary: 'Copy the database before it goes' } } }

interface Answer {
  readonly status: string
  readonly ports: Readonly<Record<string, number>>
  readonly variables: Readonly<Record<string, string>>
}

describe('two unrelated plugins', function () {
  let sandbox: PluginSandbox
  before(function () {
    sandbox = makePluginSandbox(this, [
      { name: 'engine' },
      { name: 'processes' },
      { name: 'snapshots', flags: save },
    ])
  })

  it('do not affect a project that does not use them', () => {
    sandbox.pikoWell('config', 'check')
    sandbox.pikoWell('list')
  })

  it('run a process on its own port, and copy a file', () => {
    writeFileSync(join(sandbox.project, '.piko.yml'), config)
    writeFileSync(join(sandbox.project, 'app.db'), 'rows')
    const { variables, ports } = sandbox.pikoJson<Answer>('create', 'one', '--port', 'api:3000=10777')
    expect(ports).to.include({ 'api:3000/tcp': 10777 })
    expect(variables).to.include({ PIKO_API_PORT: '10777' })
    expect(readFileSync(variables['DATABASE_FILE'] ?? '', 'utf8')).to.equal('rows')
    expect(sandbox.pikoWell('list')).to.contain('4 B')
    expect(isAlive(pidIn(sandbox))).to.equal(true)
  })

  it('stop the process on `down`, start a new one on `up`, and keep the file', () => {
    const first = pidIn(sandbox)
    sandbox.pikoWell('down', 'one')
    expect(isAlive(first)).to.equal(false)
    const { variables } = sandbox.pikoJson<Answer>('up', 'one')
    expect(isAlive(pidIn(sandbox))).to.equal(true)
    expect(existsSync(variables['DATABASE_FILE'] ?? '')).to.equal(true)
  })

  it('are undone by `destroy` even if .piko.yml is invalid and the worktree is gone', () => {
    const pid = pidIn(sandbox)
    const { path } = sandbox.pikoJson<{ path: string }>('status', 'one')
    writeFileSync(join(sandbox.project, '.piko.yml'), 'processes: 7\nnonsense: [')
    rmSync(path, { recursive: true })
    sandbox.pikoWell('destroy', 'one', '--yes', '--save')
    expect(isAlive(pid)).to.equal(false)
    expect(readFileSync(join(sandbox.project, 'one.backup'), 'utf8')).to.equal('rows')
    expect(existsSync(join(sandbox.project, '.piko', 'environments', 'one'))).to.equal(false)
  })
})

function pidIn({ project }: PluginSandbox): number {
  const file = join(project, '.piko', 'environments', 'one', 'processes.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { pids: { api: number } }).pids.api
}

/** False for a zombie (`Z`): a process that has ended but has not been reaped. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}
