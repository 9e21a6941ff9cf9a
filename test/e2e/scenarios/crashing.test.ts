import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { docker } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'
import { until } from '../../support/until.js'

const crashing = {
  'compose.yaml': `
services:
  web: { image: busybox, command: sleep 1000, init: true, stop_grace_period: 0.1s }
  worker:
    image: busybox
    command: sh -c 'echo no queue to work on; exit 7'
    restart: always
`,
}

describe('a worker that crashes at start', function () {
  this.timeout(240_000)
  const scenario = useScenario()
  /** On a busy machine the worker takes longer to crash than the suite's default. */
  const makeProject = async () => {
    const made = await scenario.project({ files: crashing })
    return made.at(made.root, { PIKO_READY_AFTER: '10' })
  }

  it('fails `create`, which names it and keeps its log', async () => {
    const project = await makeProject()
    const { exitCode, stderr, stdout } = await project.piko('create', 'feature-a')
    expect(exitCode).to.equal(4)
    expect(stdout).to.not.contain('Environment ready')
    expect(stderr).to.match(/Service worker is in a crash loop: exit code 7, \d+ restarts in \d+ s/)
    expect(stderr).to.contain('worker | no queue to work on')
    const file = join(project.root, '.piko/failures/feature-a.log')
    expect(stderr).to.contain(`The log is in ${file}`)
    expect(readFileSync(file, 'utf8')).to.contain('no queue to work on')
    expect(statSync(file).mode & 0o777).to.equal(0o600)
    await project.piko('destroy', 'feature-a', '--yes')
  })

  it('is flagged by `ps`, `doctor` and `sync`, with its restarts, and fails `restart`', async () => {
    const project = await makeProject()
    await project.pikoWell('create', 'feature-a', '--no-wait')
    const name = `piko-${project.mark}-feature-a-worker-1`
    const isPausing = () =>
      /^restarting ([7-9]|1\d)/.test(docker('inspect', '-f', '{{.State.Status}} {{.RestartCount}}', name))
    await until('a pause between two restarts', isPausing, 90_000)
    expect(await project.pikoWell('ps', 'feature-a')).to.match(/worker .*! Restarting \(7\) .*, \d+ restarts/)
    await until('a pause between two restarts', isPausing, 90_000)
    const doctor = await project.piko('doctor')
    expect(doctor.exitCode).to.equal(3)
    expect(doctor.stdout).to.match(
      /✗ Service worker of feature-a is restarting \(exit code 7, \d+ restarts\)/,
    )
    expect(doctor.stdout).to.contain('To see why, run `piko logs feature-a worker`')
    await until('a pause between two restarts', isPausing, 90_000)
    expect(await project.pikoWell('sync', 'feature-a')).to.match(/! Service worker is restarting/)
    const { exitCode, stderr } = await project.piko('restart', 'feature-a')
    expect(exitCode).to.equal(4)
    expect(stderr).to.contain('Service worker is in a crash loop')
    await project.pikoWell('destroy', 'feature-a', '--yes')
    // An environment destroyed on purpose needs no failure log.
    expect(existsSync(join(project.root, '.piko/failures/feature-a.log'))).to.equal(false)
  })

  it('refuses a PIKO_READY_AFTER that is not a number', async () => {
    const project = await makeProject()
    const odd = project.at(project.root, { PIKO_READY_AFTER: 'soon' })
    const { exitCode, stderr } = await odd.piko('create', 'feature-a')
    expect({
      exitCode,
      isNamed: stderr.includes('PIKO_READY_AFTER takes a number of seconds, not soon'),
    }).to.deep.equal({ exitCode: 2, isNamed: true })
  })
})

describe('a build through a pipe', function () {
  this.timeout(240_000)
  const scenario = useScenario()

  it('prints no blank lines before its summary', async () => {
    const project = await scenario.project({
      files: {
        'compose.yaml':
          'services:\n  web: { build: ., command: sleep 1000, init: true, stop_grace_period: 0.1s }\n',
        Dockerfile: 'FROM busybox\nRUN echo one; echo; echo two\n',
      },
    })
    const { stderr, exitCode } = await project.piko('create', 'feature-a')
    expect(exitCode).to.equal(0)
    const [progress = ''] = stderr.split('\n\n  Worktree')
    expect(progress.split('\n').filter(line => line.trim() === '')).to.deep.equal([])
    await project.pikoWell('destroy', 'feature-a', '--yes')
  })
})
