import { expect } from 'chai'
import { docker } from '#test/support/engine.js'
import { type Container, day } from '../support/day.js'
import { useProject } from '#test/support/suite-project.js'

describe('compose: day to day', function () {
  const project = useProject(day, made => made.pikoWell('create', 'feature/a'))
  const inside = () => project().at(project().worktree('feature-a'))

  it("ps shows the engine's containers, and omits removed ones", async () => {
    const list = async () =>
      (await project().json<{ containers: Container[] }>('ps', 'feature-a')).containers.map(
        ({ service, state }) => `${service} ${state}`,
      )
    expect(await list()).to.deep.equal(['db running', 'once exited', 'web running', 'worker running'])
    docker('rm', '-f', `piko-${project().mark}-feature-a-worker-1`)
    expect(await list()).to.deep.equal(['db running', 'once exited', 'web running'])
    await project().pikoWell('up', 'feature-a', 'worker')
  })

  it('ps inside the worktree lists one service', async () => {
    const output = await inside().pikoWell('ps', 'web')
    expect(output).to.match(/^SERVICE\s+CONTAINER\s+STATUS\s+PORTS\nweb\s+\S+-web-1\s+Up .*->80\/tcp\n$/)
  })

  it('exec returns the exit code of the command, and passes on its flags', async () => {
    expect((await project().piko('exec', 'feature-a', 'web', '--', 'sh', '-c', 'exit 7')).exitCode).to.equal(
      7,
    )
    expect((await project().piko('exec', 'feature-a', 'web', 'sh', '-c', 'exit 8')).exitCode).to.equal(8)
    expect((await inside().piko('exec', 'web', 'sh', '-c', 'exit 9')).exitCode).to.equal(9)
    expect(await inside().pikoWell('exec', '-w', '/tmp', 'web', 'pwd')).to.equal('/tmp\n')
    expect(await project().pikoWell('exec', 'web', 'echo', 'hi')).to.equal('hi\n')
  })

  it('shell reads stdin, and requires a shell in the container', async () => {
    const shell = inside().startPiko('shell', 'web')
    shell.type('echo from $((40 + 2)); exit 5\n')
    const { exitCode, stdout } = await shell.ended
    expect([exitCode, stdout]).to.deep.equal([5, 'from 42\n'])
    docker('exec', `piko-${project().mark}-feature-a-worker-1`, 'rm', '/bin/sh')
    const { stderr } = await inside().piko('shell', 'worker')
    expect(stderr).to.contain('COMPOSE_SHELL_MISSING').and.contain('piko exec feature-a worker -- PROGRAM')
  })

  it('logs shows one service, an exited one, or all', async () => {
    expect(await inside().pikoWell('logs', 'web', '--tail', '1')).to.match(/^web-1\s+\| web is here\n$/)
    expect(await project().pikoWell('logs', 'feature-a', 'once')).to.contain('done once')
    const all = await inside().pikoWell('logs')
    expect(all).to.contain('web is here').and.contain('done once')
  })

  it('logs -f runs until interrupted', async () => {
    const following = inside().startPiko('logs', '-f', 'web')
    while (!following.output().includes('web is here')) await new Promise(done => setTimeout(done, 50))
    following.killGroup('SIGINT')
    const { exitCode, stderr } = await following.ended
    expect(exitCode).to.be.oneOf([0, 130])
    expect(stderr).to.not.contain('RUN_INTERRUPTED')
  })

  it('takes a service typed in place of an environment for what it is', async () => {
    const { exitCode, stderr } = await project().piko('logs', 'web')
    expect(exitCode).to.equal(0)
    await project().git('branch', 'other')
    await project().pikoWell('create', 'other', '--no-start')
    const refused = await project().piko('logs', 'web')
    expect(refused.stderr, stderr).to.contain('put an environment before it: feature-a web')
    expect(refused.exitCode).to.equal(2)
    await project().pikoWell('destroy', 'other', '--yes')
  })

  it('compose passes on any command and its exit code', async () => {
    expect(await inside().pikoWell('compose', 'port', 'web', '80')).to.match(/^127\.0\.0\.1:\d+\n$/)
    expect((await inside().piko('compose', '--', 'port', 'web', '81')).exitCode).to.equal(1)
  })

  const helps: readonly (readonly [string, readonly string[], ...string[]])[] = [
    ['an unknown service', ['exec', 'feature-a', 'wep', '--', 'ls'], 'no service wep; the nearest is web'],
    ['a service that was never created', ['logs', 'feature-a', 'never'], 'no container; it belongs to profile debug', 'piko up feature-a never'],
    ['a missing image', ['shell', 'feature-a', 'gone'], 'its image nowhere.example/gone:1 is missing', 'piko pull feature-a gone'],
    ['an exited service', ['exec', 'feature-a', 'once', 'ls'], 'does not run: it ended with exit code 0', '  done once'],
    ['a missing service', ['shell', 'feature-a'], '`piko shell` needs a service', 'web, worker'],
    ['a missing command', ['exec', 'feature-a', 'web'], 'A service and a command are needed'],
  ] // prettier-ignore
  for (const [what, words, ...parts] of helps) {
    it(`explains ${what}`, async () => {
      const { stderr, exitCode } = await project().piko(...words)
      for (const part of parts) expect(stderr).to.contain(part)
      expect(exitCode).to.be.oneOf([2, 3])
    })
  }

  it('explains a failed service, with its exit code and last lines', async () => {
    const { stderr } = await project().piko('up', 'feature-a', 'broken')
    expect(stderr).to.contain('Service broken exited with code 3').and.contain('no moon')
    const later = await project().piko('exec', 'feature-a', 'broken', 'ls')
    expect(later.stderr).to.contain('does not run: it ended with exit code 3').and.contain('no moon')
  })

  it('explains a paused service', async () => {
    docker('pause', `piko-${project().mark}-feature-a-db-1`)
    const { stderr } = await project().piko('exec', 'feature-a', 'db', 'ls')
    docker('unpause', `piko-${project().mark}-feature-a-db-1`)
    expect(stderr).to.contain('it is paused').and.contain('piko compose feature-a -- unpause db')
  })

  it('explains an environment without containers', async () => {
    await project().pikoWell('create', 'empty', '--no-start')
    expect(await project().pikoWell('ps', 'empty')).to.contain('No containers in empty')
    expect((await project().piko('logs', 'empty')).stderr).to.contain('COMPOSE_NOTHING_CREATED')
  })

  it('reports that the engine is gone, but explain and sync still work', async () => {
    const elsewhere = project().at(project().root, {
      DOCKER_CONFIG: project().folder,
      DOCKER_CONTEXT: 'gone',
    })
    await elsewhere.run('docker', 'context', 'create', 'gone', '--docker', 'host=unix:///nowhere.sock')
    await elsewhere.pikoWell('create', 'lost', '--no-start')
    for (const words of [['ps'], ['logs'], ['exec', 'web', 'ls'], ['pull'], ['push'], ['build'], ['up']]) {
      const [command = '', ...rest] = words
      const { stderr, exitCode } = await elsewhere.piko(command, 'lost', ...rest)
      const isSaid = stderr.includes('COMPOSE_ENGINE_UNREACHABLE') || stderr.includes('COMPOSE_NOTHING_TO_DO')
      expect([command, isSaid, exitCode === 0]).to.deep.equal([command, true, false])
    }
    expect(await elsewhere.pikoWell('explain', 'lost')).to.contain('Service web')
    expect(await elsewhere.pikoWell('sync', 'lost')).to.contain('Docker does not answer')
  })
})
