import { resolve } from 'node:path'
import { Config } from '@oclif/core'
import { attachHost, type Host } from '@piko/sdk'
import Compose from '#compose/commands/compose.js'
import Exec from '#compose/commands/exec.js'
import Logs from '#compose/commands/logs.js'
import Ps from '#compose/commands/ps.js'
import { expect } from 'chai'
import { requireEngine } from '#test/support/engine.js'
import { type ComposeWorld, makeWorld } from '../support/world.js'

/** The part of a host that these commands use. It rethrows errors instead of printing them. */
function hostOver({ context }: ComposeWorld): Host {
  const { environment } = context
  const host: Partial<Host> = {
    api: 1,
    target: ([first, ...rest]) => {
      const isName = first === environment.name
      return Promise.resolve({ environment, rest: isName || first === undefined ? rest : [first, ...rest] })
    },
    fail: error => {
      throw error
    },
  }
  // The context is the compose plugin's, whatever type the caller gives it.
  return { ...host, open: () => Promise.resolve(context) } as unknown as Host
}

async function exitCode(running: Promise<unknown>): Promise<unknown> {
  const error: unknown = await running.catch((reason: unknown) => reason)
  if (error instanceof Error && 'oclif' in error) return (error.oclif as { exit?: number }).exit
  throw error
}

describe('compose: its commands', function () {
  let world: ComposeWorld
  let config: Config
  before(requireEngine)
  before(async () => {
    world = await makeWorld('readiness')
    config = await Config.load(resolve('plugins/compose'))
    attachHost(config, () => Promise.resolve(hostOver(world)))
    await world.up()
  })
  after(() => world.dispose())

  it('ps lists containers, including exited ones', async () => {
    const answer = await Ps.run(['feature', '--json'], config)
    const states = answer.containers.map(({ service, state }) => [service, state])
    expect(states).to.deep.equal([
      ['healthy', 'running'],
      ['once', 'exited'],
      ['steady', 'running'],
    ])
  })

  it('ps of one service', async () => {
    expect((await Ps.run(['feature', 'once', '--json'], config)).containers).to.have.length(1)
  })

  it('exec returns the exit code of the command', async () => {
    expect(await exitCode(Exec.run(['feature', 'steady', '--', 'sh', '-c', 'exit 7'], config))).to.equal(7)
  })

  it('exec names the nearest service', async () => {
    const error = await Exec.run(['stedy', '--', 'ls'], config).catch(String)
    expect(error).to.contain('There is no service stedy; the nearest is steady')
  })

  it('exec reports a service that is not running', async () => {
    const error = await Exec.run(['once', '--', 'ls'], config).catch(String)
    expect(error).to.contain('Service once of feature does not run: it ended with exit code 0')
  })

  it('logs refuses an unknown service', async () => {
    expect(await Logs.run(['feature', 'onec'], config).catch(String)).to.contain('COMPOSE_SERVICE_UNKNOWN')
    expect(await exitCode(Logs.run(['feature', 'once', '--tail', '3'], config))).to.equal(0)
  })

  it('compose passes on any command and its exit code', async () => {
    expect(await exitCode(Compose.run(['feature', '--', 'config', '--quiet'], config))).to.equal(0)
    expect(await exitCode(Compose.run(['feature', '--', 'port', 'steady', '80'], config))).to.equal(1)
  })
})
