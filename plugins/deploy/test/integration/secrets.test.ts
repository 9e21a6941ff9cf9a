import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { docker, requireEngine } from '#test/support/engine.js'
import { start } from '#test/support/program.js'
import { PIKO } from '#test/sandbox/piko.js'
import { type Login, requireRegistry } from '../../../compose/test/support/image-registry.js'
import { deploysOf, instancesOf, serving } from '../support/stage.js'
import { composeFile, type DeployWorld, makeWorld } from '../support/world.js'

const login: Login = { user: 'ann', password: 'canary-4f1d0b-token' }
const secret = 'canary-9a7e33-secret'

describe('deploy: secrets', function () {
  this.timeout(600_000)
  let world: DeployWorld
  let watch: Watch
  const printed: string[] = []
  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    world = await makeWorld({ login, files: { 'compose.yaml': composeFile } })
    watch = watchArguments()
  })
  after(async () => {
    watch?.stop()
    await world?.dispose()
  })

  /** Runs piko with a text on stdin, and keeps what it prints. */
  async function piko(words: readonly string[], input = ''): Promise<number> {
    const running = start([...PIKO, ...words], world.project.place)
    running.type(input)
    running.endInput()
    const { exitCode, stdout, stderr } = await running.ended
    printed.push(stdout, stderr)
    return exitCode
  }

  it('are asked for on stdin, never as an argument', async () => {
    const url = `http://${world.registry.host}`
    expect(
      await piko(['registry', 'add', 'main', '--url', url, '--user', 'ann'], `${login.password}\n`),
    ).to.equal(0)
    expect(await piko(['registry', 'test', 'main'])).to.equal(0)
    const stage = ['--service', 'web', '--image', world.image, '--port', '80', '--health', '/health']
    expect(await piko(['stage', 'add', 'staging', ...stage, '--release', 'echo "$SECRET"'])).to.equal(0)
    expect(await piko(['secrets', 'set', 'staging', 'SECRET'], secret)).to.equal(0)
    expect(await piko(['secrets', 'set', 'staging', 'EMPTY'])).to.equal(2)
  })

  it('log in to the registry, and reach the containers', async () => {
    expect(await piko(['deploy', 'staging', 'v1']), printed.slice(-2).join('')).to.equal(0)
    expect(await serving(world, 'staging')).to.equal('v1')
    const [instance] = await instancesOf(world, 'staging')
    const variables = docker('inspect', '--format', '{{json .Config.Env}}', instance?.container ?? '')
    expect(variables).to.contain(`SECRET=${secret}`)
  })

  it('are rotated, and still log in', async () => {
    expect(await piko(['secrets', 'rotate'])).to.equal(0)
    expect(await piko(['registry', 'test', 'main'])).to.equal(0)
  })

  it('are refused by the registry if they are wrong', async () => {
    expect(await piko(['registry', 'update', 'main', '--user', 'ann'], 'wrong-token')).to.equal(0)
    expect(await piko(['registry', 'test', 'main'])).to.equal(4)
    expect(printed.at(-1)).to.contain('refuses the login of ann')
    expect(await piko(['registry', 'update', 'main', '--user', 'ann'], login.password)).to.equal(0)
  })

  it('are in no output, record, log, journal or argument, even of a release that prints them', async () => {
    await piko(['settings', 'set', 'health-seconds', '1'])
    expect(await piko(['deploy', 'staging', 'v3'])).to.equal(4)
    const [failed] = await deploysOf(world, 'staging')
    expect(failed?.response?.lines[0]).to.equal('v3 is not well ***')
    expect(failed?.output).to.deep.equal(['v3 starts ***'])
    for (const words of [
      ['deploys'],
      ['deploy', 'logs', failed?.id ?? ''],
      ['stage', 'show', 'staging'],
      ['stage', 'list'],
      ['registry', 'list'],
      ['registry', 'show', 'main'],
      ['secrets', 'list', 'staging'],
      ['instances'],
    ])
      for (const json of [[], ['--json']])
        expect(await piko([...words, ...json]), words.join(' ')).to.equal(0)
    const places = {
      output: printed.join('\n'),
      files: readAll(join(world.project.root, '.piko')),
      state: readAll(join(world.project.folder, 'home')),
      arguments: watch.seen(),
    }
    expect(watch.seen()).to.contain('docker\0compose') // the watch has seen docker
    for (const [place, text] of Object.entries(places))
      for (const canary of [login.password, secret, Buffer.from(`ann:${login.password}`).toString('base64')])
        expect(text.includes(canary), `${canary} in the ${place}`).to.equal(false)
  })
})

/** Every file below a folder, databases included. */
function readAll(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

interface Watch {
  /** The arguments of every process seen so far. */
  seen(): string
  stop(): void
}

function watchArguments(): Watch {
  const seen = new Set<string>()
  const look = () => {
    for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name)))
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
      } catch {
        continue // it has ended
      }
  }
  const timer = setInterval(look, 10)
  return { seen: () => [...seen].join('\n'), stop: () => clearInterval(timer) }
}
