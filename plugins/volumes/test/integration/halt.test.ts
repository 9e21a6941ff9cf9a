import type { DialOptions } from '@piko/sdk'
import { expect } from 'chai'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dial } from '#src/system/exec.js'
import { halted } from '#volumes/checks/halted.js'
import { fetchUsers } from '@piko/plugin-compose/contract/engine'
import { resumeStale, whileHalted } from '#volumes/halt/halt.js'
import { readHalted } from '#volumes/halt/rows.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { disposeVolumesWorlds, makeVolumesWorld, type VolumesWorld } from '../support/world.js'

const child = fileURLToPath(new URL('../support/halting-child.js', import.meta.url))

describe('volumes: a container halted for a copy', function () {
  let world: VolumesWorld
  let writer: string
  before(requireEngine)
  before(async () => {
    world = await makeVolumesWorld()
    await world.prepare()
    const words = ['--rm', '--network', 'none', '-v', `${world.own('files')}:/v`]
    writer = docker('run', '-d', '--init', ...words, 'busybox', 'sleep', '1000')
  })
  after(() => docker('rm', '-f', writer))
  after(disposeVolumesWorlds)

  const status = () => docker('inspect', '--format', '{{.State.Status}}', writer)
  const halt = async (): Promise<ChildProcess> => {
    const words = [child, world.root, join(world.root, 'volumes.db'), world.own('files')]
    const halting = spawn(process.execPath, words, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
    await once(halting.stdout, 'data')
    expect(status()).to.equal('paused')
    return halting
  }

  it('resumes when the work is done, and when it fails', async () => {
    const containers = await fetchUsers(world.context, [world.own('files')])
    const work = async () => expect(status()).to.equal('paused')
    await whileHalted(world.context, { containers, because: 'in a test', work })
    expect(status()).to.equal('running')
    const failing = { containers, because: 'in a test', work: () => Promise.reject(new Error('disk full')) }
    expect(String(await whileHalted(world.context, failing).catch(String))).to.contain('disk full')
    expect([status(), readHalted(world.context)]).to.deep.equal(['running', []])
  })

  it('resumes at once on an interrupt, although no more programs can be started then', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const ground = { cwd: '/', signal }
    const context = {
      ...world.context,
      signal,
      dial: (tool: string, args: readonly string[], options: DialOptions = {}) =>
        dial(tool, args, { ...ground, env: options.env ?? {} }),
    }
    const containers = await fetchUsers(context, [world.own('files')])
    const work = async () => {
      expect(status()).to.equal('paused')
      controller.abort(new Error('Ctrl-C'))
      signal.throwIfAborted()
    }
    const ended = whileHalted(context, { containers, because: 'in a test', work }).catch(String)
    await until('it runs', () => status() === 'running', 3000)
    expect(await ended).to.contain('Ctrl-C')
    await resumeStale(world.context)
  })

  it('resumes by itself if piko is killed with its whole process group', async () => {
    const halting = await halt()
    process.kill(-(halting.pid ?? 0), 'SIGKILL')
    await until('it runs', () => status() === 'running')
  })

  it('resumes with the next command if the guard is killed too, and doctor reports it until then', async () => {
    const halting = await halt()
    const guards = childrenOf(halting.pid ?? 0)
    expect(guards).to.have.length(1)
    for (const guard of guards) process.kill(guard, 'SIGKILL')
    halting.kill('SIGKILL')
    await once(halting, 'exit')
    expect(status()).to.equal('paused')
    const { ok, ...rest } = await halted.run(world.context)
    expect(ok).to.equal(false)
    expect(JSON.stringify(rest)).to.contain('VOLUMES_HALTED').and.contain('docker unpause ')
    await resumeStale(world.context)
    expect([status(), (await halted.run(world.context)).ok]).to.deep.equal(['running', true])
  })

  it('stays halted while another copy from it is running', async () => {
    const halting = await halt()
    const containers = await fetchUsers(world.context, [world.own('files')])
    let isDone = false
    const work = async () => void (isDone = true)
    const lines: string[] = []
    const context = { ...world.context, progress: (line: string) => void lines.push(line) }
    const waiting = whileHalted(context, { containers, because: 'in a test', work })
    await until('it waits', () => lines.some(line => line.includes('waiting for another piko')))
    expect([isDone, status()]).to.deep.equal([false, 'paused'])
    halting.kill('SIGKILL')
    await waiting
    expect(isDone).to.equal(true)
    await until('it runs', () => status() === 'running')
  })
})

/** The processes that it started. */
function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
}
