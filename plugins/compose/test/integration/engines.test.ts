import { join } from 'node:path'
import { expect } from 'chai'
import { dockerLines, requireEngine } from '#test/support/engine.js'
import { useScenario } from '#test/support/scenario.js'
import { type SecondEngine, startSecondEngine } from '../support/second-engine.js'

const files = {
  'compose.yaml':
    "services:\n  app: { image: busybox, command: sleep 1000, init: true, stop_grace_period: 1s, volumes: ['kept:/kept'] }\nvolumes: { kept: {} }\n",
}

describe('an environment stays on the engine that it was created on', function () {
  this.timeout(240_000)
  const scenario = useScenario()
  let second: SecondEngine | undefined
  before(requireEngine)
  before(async function () {
    second = await startSecondEngine()
    if (second) return
    const how = 'no second engine can be started here (it takes root and dockerd)'
    if (process.env['PIKO_REQUIRE_ENGINES'] === '1') throw new Error(how)
    console.error(`    SKIPPED: ${how}`)
    this.skip()
  })
  after(() => second?.stop())

  const containersOn = (engine: SecondEngine, mark: string) =>
    engine.docker('ps', '-aq', '--filter', `label=dev.piko.project=${mark}`)

  it('under DOCKER_HOST, also from a shell without it', async () => {
    if (!second) return
    const project = await scenario.project({ files })
    await project.at(project.root, { DOCKER_HOST: second.host }).pikoWell('create', 'there')
    await project.pikoWell('create', 'here')
    const home = dockerLines(
      'ps',
      '--format',
      '{{.Names}}',
      '--filter',
      `label=dev.piko.project=${project.mark}`,
    )
    expect(home).to.deep.equal([`piko-${project.mark}-here-app-1`])
    expect(containersOn(second, project.mark)).to.not.equal('')
    expect(await project.pikoWell('ps', 'there')).to.contain(`piko-${project.mark}-there-app-1`)
    await project.pikoWell('down', 'there')
    expect(containersOn(second, project.mark)).to.equal('')
    // And the reverse: an environment on the default engine, from a shell that points to the other.
    await project.at(project.root, { DOCKER_HOST: second.host }).pikoWell('destroy', 'here', '--yes')
    expect(project.engine().containers).to.deep.equal([])
    await project.pikoWell('destroy', 'there', '--yes')
    expect(
      second.docker('volume', 'ls', '-q', '--filter', `label=dev.piko.project=${project.mark}`),
    ).to.equal('')
    expect(
      second.docker('network', 'ls', '-q', '--filter', `label=dev.piko.project=${project.mark}`),
    ).to.equal('')
  })

  it('under a Docker context, even if another one is in use', async () => {
    if (!second) return
    const scratch = await scenario.project({ files })
    // Not the user's own, since the current context is stored there.
    const project = scratch.at(scratch.root, { DOCKER_CONFIG: join(scratch.folder, 'docker') })
    await project.run('docker', 'context', 'create', 'second', '--docker', `host=${second.host}`)
    await project.run('docker', 'context', 'use', 'second')
    await project.pikoWell('create', 'there')
    await project.run('docker', 'context', 'use', 'default')
    expect(containersOn(second, project.mark)).to.not.equal('')
    await project.pikoWell('restart', 'there')
    expect(await project.pikoWell('exec', 'there', 'app', '--', 'echo', 'from there')).to.contain(
      'from there',
    )
    await project.pikoWell('destroy', 'there', '--yes')
    expect(containersOn(second, project.mark)).to.equal('')
  })

  it('and reports if that engine is gone, while commands without an engine still work', async () => {
    const gone = await startSecondEngine()
    if (!gone) return
    const project = await scenario.project({ files })
    await project.at(project.root, { DOCKER_HOST: gone.host }).pikoWell('create', 'there')
    await gone.stop()
    for (const words of [
      ['up', 'there'],
      ['down', 'there'],
      ['ps', 'there'],
    ]) {
      const { exitCode, stderr } = await project.piko(...words)
      expect({ words, exitCode }).to.deep.equal({ words, exitCode: 4 })
      expect(stderr).to.contain(gone.host).and.contain('COMPOSE_ENGINE_UNREACHABLE')
    }
    expect(await project.pikoWell('list')).to.contain('there')
    expect(await project.pikoWell('env', 'there')).to.contain('PIKO_ENV_NAME=there')
    expect(await project.pikoWell('explain', 'there')).to.contain('volume kept')
    expect(await project.pikoWell('status', 'there')).to.contain('there')
    const other = project.at(project.root, { DOCKER_HOST: gone.host })
    await other.pikoWell('create', 'later', '--no-start')
  })
})
