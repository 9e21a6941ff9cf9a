import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockDatabase } from '#src/state/open.js'
import { PIKO } from '../../sandbox/piko.js'
import { makePluginSandbox, type Ended, type PluginSandbox } from './support/plugin-sandbox.js'

describe('two commands on one environment', function () {
  let sandbox: PluginSandbox
  before(function () {
    sandbox = makePluginSandbox(this, [{ name: 'engine' }])
  })
  beforeEach(() => void sandbox.pikoWell('create', 'one'))
  afterEach(() => void sandbox.piko(['destroy', 'one', '--yes', '--force']))

  it('exit with 130 on Ctrl-C while one waits for the other', async () => {
    await whileLocked(async start => {
      const { ended, child } = await start('up', 'one')
      child.kill('SIGINT')
      const { code, stderr } = await ended
      expect(stderr).to.contain('RUN_INTERRUPTED')
      expect(code).to.equal(130)
    })
  })

  for (const command of ['up', 'down', 'destroy']) {
    it(`report that it is gone if it was destroyed while \`${command}\` waited`, async () => {
      const running = await whileLocked(async start => {
        const { ended } = await start(command, 'one')
        forgetOne()
        return { ended }
      })
      const { code, stderr } = await running.ended
      expect(stderr).to.contain('ENVIRONMENT_UNKNOWN')
      expect(code).to.equal(3)
    })
  }

  it('start afresh after a create of that name was rolled back', () => {
    sandbox.pikoWell('destroy', 'one')
    sandbox.world.make('break-up')
    expect(sandbox.piko(['create', 'two']).code).to.equal(1)
    sandbox.world.take('break-up')
    const config = readFileSync(join(sandbox.project, '.piko.yml'))
    writeFileSync(join(sandbox.project, '.piko.yml'), 'plugins: []\n')
    const { variables } = sandbox.pikoJson<{ variables: object }>('create', 'two')
    expect(variables).not.to.have.property('ENGINE_PORT')
    sandbox.pikoWell('destroy', 'two')
    writeFileSync(join(sandbox.project, '.piko.yml'), config)
  })

  it("renew leases that the machine's registry has lost", () => {
    rmSync(join(sandbox.folder, 'home', 'state'), { recursive: true })
    sandbox.pikoWell('up', 'one')
    sandbox.pikoWell('create', 'other')
    const { environments } = sandbox.pikoJson<{ environments: { ports: Record<string, number> }[] }>('list')
    const ports = environments.flatMap(environment => Object.values(environment.ports))
    expect(new Set(ports)).to.have.property('size', 2)
    sandbox.pikoWell('destroy', 'other')
  })

  /** Changes the row as a `destroy` that held the lock does. */
  function forgetOne(): void {
    const state = lockDatabase(join(sandbox.project, '.piko', 'state.db'))
    state?.exec("DELETE FROM environments WHERE name = 'one'; COMMIT")
    state?.close()
  }

  async function whileLocked<Result>(
    work: (start: (...words: string[]) => ReturnType<typeof startPiko>) => Promise<Result>,
  ): Promise<Result> {
    const lock = lockDatabase(join(sandbox.project, '.piko', 'locks', 'one.db'))
    try {
      return await work((...words) => startPiko(words))
    } finally {
      lock?.exec('ROLLBACK')
      lock?.close()
    }
  }

  function startPiko(words: readonly string[]) {
    const [program, script] = PIKO
    const child = spawn(program, [script, ...words], { cwd: sandbox.project, env: sandbox.env })
    const output = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
    const ended = new Promise<Ended>(resolve => child.on('close', code => resolve({ code, ...output })))
    return new Promise<{ child: typeof child; ended: typeof ended }>(resolve => {
      child.stderr.on('data', () => output.stderr.includes('Waiting for') && resolve({ child, ended }))
    })
  }
})
