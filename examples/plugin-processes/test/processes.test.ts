import { detailsOf } from '@piko/sdk'
import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../src/config.js'
import { logOf, readLines, readState } from '../src/process/files.js'
import { findGroup, findProgram } from '../src/process/program.js'
import { defineProcesses } from '../src/steps/define.js'
import { startProcesses } from '../src/steps/start.js'
import { listen, makeWorld, pathOf, type ProcessWorld, runs, twoProcesses } from './world.js'

describe('processes', () => {
  let world: ProcessWorld
  beforeEach(async () => void (world = await makeWorld()))
  afterEach(() => world.dispose())

  /** Starts these processes in a new world. */
  async function start(config: Config) {
    await world.dispose()
    world = await makeWorld(config)
    await defineProcesses.do(world.context, undefined)
    return startProcesses.do(world.context, undefined)
  }

  const programOf = (name: string) => readState(pathOf(world.context, name))?.program?.pid ?? 0

  it('listen on the port that piko has leased', async () => {
    await start(twoProcesses)
    const port = world.context.environment.ports['api:3000/tcp']
    const answer = await fetch(`http://localhost:${port}`)
    assert.equal(await answer.text(), 'hello')
  })

  it('are started again when they end, where that is wanted', async () => {
    await start(twoProcesses)
    const first = programOf('api')
    process.kill(first)
    await until(() => programOf('api') !== first && programOf('api') !== 0)
    assert.equal(readState(pathOf(world.context, 'api'))?.starts, 2)
  })

  it('keep a log, and their variables', async () => {
    await start({ hello: { command: 'echo "to $QUEUE"', restart: false, env: { QUEUE: 'mail' } } })
    assert.deepEqual(readLines(logOf(pathOf(world.context, 'hello')), 10), ['to mail'])
  })

  it('leave nothing of what they have started', async () => {
    await start({ shell: { command: 'sleep 61 & sleep 62 & wait', restart: false, env: {} } })
    const children = findGroupOf('shell')
    assert.equal(children.length, 4) // the supervisor, the shell, two sleeps
    await startProcesses.undo(world.context, undefined)
    assert.deepEqual(
      children.filter(({ pid }) => findProgram(pid)),
      [],
    )
  })

  it('end although their supervisor was killed', async () => {
    const receipt = await start(twoProcesses)
    const program = programOf('api')
    process.kill(receipt['api']?.supervisor.pid ?? 0, 'SIGKILL')
    await startProcesses.undo(world.context, undefined)
    assert.equal(findProgram(program), undefined)
  })

  it('are left alone when the pid is another program’s by now', async () => {
    await start({})
    const supervisor = { pid: process.pid, startedAt: 'at another time' }
    await startProcesses.undo(world.context, { other: { supervisor } })
  })

  it('fail with their last lines', async () => {
    const config = { api: { command: 'echo no database; exit 3', restart: false, env: {} } }
    const error: unknown = await start(config).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    assert.equal(detailsOf(error)?.code, 'PROCESSES_ENDED')
    assert.deepEqual(detailsOf(error)?.details, ['no database'])
  })

  it('go on where nothing about them has changed', async () => {
    const receipt = await start(twoProcesses)
    assert.equal((await startProcesses.plan?.(world.context, receipt))?.action, 'nothing')
    const first = programOf('api')
    await startProcesses.do(world.context, receipt)
    assert.equal(programOf('api'), first)
  })

  it('note their starts and ends in a table', async () => {
    await start({ job: { command: 'true', restart: false, env: {} } })
    const events = world.rows.map(([environment, name, , event, code]) => [environment, name, event, code])
    assert.deepEqual(events, [
      ['feature', 'job', 'started', null],
      ['feature', 'job', 'ended', 0],
    ])
  })

  it('end when they are no longer configured', async () => {
    const receipt = await start(twoProcesses)
    const context = {
      ...world.context,
      config: { api: { command: listen, port: 3000, restart: true, env: {} } },
    }
    await startProcesses.do(context, receipt)
    assert.equal(runs(world.context, 'worker'), false)
    assert.equal(runs(world.context, 'api'), true)
  })

  function findGroupOf(name: string) {
    const group = readState(pathOf(world.context, name))?.supervisor.pid ?? 0
    return findGroup(group)
  }
})

async function until(look: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!look()) {
    assert.ok(performance.now() < deadline, 'not seen within 10 s')
    await pause(20)
  }
}
