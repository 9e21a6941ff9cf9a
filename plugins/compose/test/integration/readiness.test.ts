import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { detailsOf } from '@piko/sdk'
import { expect } from 'chai'
import { up } from '#compose/steps/up.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { until } from '#test/support/until.js'
import { disposeWorlds, makeWorld, type WorldOptions } from '../support/world.js'

/** The report of `up` for the readiness fixture with further profiles, and the duration of its last step. */
async function upWith(profiles: readonly string[], options: WorldOptions = {}) {
  const { config = {}, ...rest } = options
  const world = await makeWorld('readiness', { ...rest, config: { profiles: [...profiles], ...config } })
  const progress: string[] = []
  const context = { ...world.context, progress: (line: string) => void progress.push(line) }
  const project = `piko-${world.project}-feature`
  let began = 0
  const seconds = () => (performance.now() - began) / 1000
  try {
    await world.prepare()
    began = performance.now()
    const receipt = await up.do(context, undefined)
    return { report: up.report?.(receipt), progress, project, seconds: seconds() }
  } catch (error) {
    const took = seconds()
    return { error: detailsOf(error), progress, project, seconds: took }
  } finally {
    await world.dispose()
  }
}

describe('compose: ready means', function () {
  before(requireEngine)
  after(disposeWorlds)

  it('healthy, or staying up; services that exited with 0 are named', async () => {
    const { report, error } = await upWith([])
    expect(error).to.equal(undefined)
    expect(report).to.match(/^Started containers \(piko-.*-feature\); completed: once$/)
  })

  it('not exited with another code, and shows the last lines', async () => {
    const { error } = await upWith(['broken'], { targets: ['broken'] })
    expect(error?.code).to.equal('COMPOSE_SERVICE_FAILED')
    expect(error?.message).to.equal('Service broken exited with code 3')
    expect(error?.details).to.deep.equal(['broken | cannot read the moon'])
  })

  it('not in a crash loop, which is reported within seconds instead of minutes', async () => {
    const { error, seconds } = await withReadyAfter(10, () => upWith(['looping'], { targets: ['looping'] }))
    expect(error?.message).to.match(
      /^Service looping is in a crash loop: exit code 4, \d+ restarts in \d+ s$/,
    )
    expect(error?.details).to.include('looping | again')
    expect(seconds).to.be.lessThan(60)
  })

  it('not in a crash loop that always exits with 0', async () => {
    const { error } = await withReadyAfter(10, () => upWith(['zeroes'], { targets: ['zeroes'] }))
    expect(error?.message).to.match(/^Service zeroes is in a crash loop: exit code 0, \d+ restarts/)
  })

  it('not in a crash loop that Compose itself would wait for forever', async () => {
    const { error } = await withReadyAfter(10, () => upWith(['awaiting'], { targets: ['awaiting'] }))
    expect(error?.message).to.match(/^Service restarted is in a crash loop: exit code 5/)
    expect(error?.details).to.include('restarted | never')
  })

  it('up for the configured time, also after two restarts', async () => {
    await withoutVariable(async () => {
      const { report, error, seconds } = await upWith(['flaky'], {
        targets: ['flaky'],
        config: { ready_after: 5 },
      })
      expect(error).to.equal(undefined)
      expect(report).to.contain('Started containers')
      expect(seconds).to.be.greaterThan(5)
    })
  })

  it('up before: such a service is ready at once', async () => {
    const world = await makeWorld('readiness', { targets: ['steady'], config: { ready_after: 5 } })
    const progress: string[] = []
    const again = {
      ...world.context,
      verb: 'up' as const,
      progress: (line: string) => void progress.push(line),
    }
    await withoutVariable(async () => {
      await world.prepare()
      await up.do({ ...world.context, config: { ...world.context.config, ready_after: 8 } }, undefined)
      await up.do(again, undefined)
    })
    expect(progress.filter(line => line.startsWith('waiting'))).to.deep.equal([])
    await world.dispose()
  })

  it('not unhealthy, and shows the last health check', async () => {
    const { error } = await upWith(['unhealthy'], { targets: ['unhealthy'] })
    expect(error?.message).to.equal('Service unhealthy is unhealthy')
    expect(error?.details).to.include('unhealthy health check (exit code 1): no output')
    expect(error?.details).to.include('unhealthy | not feeling well')
  })

  it('reached within the time limit', async () => {
    const { error } = await upWith(['slow'], { targets: ['slow'], flags: { 'wait-timeout': '5' } })
    expect(error?.code).to.equal('COMPOSE_NOT_READY')
    expect(error?.message).to.equal('Not ready after 5 s: slow is not healthy yet')
  })

  it('reached within the time limit while Compose waits for a dependency, and leaves no Compose process', async () => {
    const { error, seconds, project } = await upWith(['dependent'], {
      targets: ['dependent'],
      flags: { 'wait-timeout': '5' },
    })
    expect(error?.message).to.match(/^Not ready after 5 s: never /)
    // About six seconds, or more on a busy machine.
    expect(seconds).to.be.within(5, 20)
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).to.not.contain(`-p ${project} `)
  })

  it('named while piko waits, and afterwards with its last health check and log lines', async () => {
    const world = await makeWorld('readiness', { targets: ['never'], config: { profiles: ['dependent'] } })
    await world.prepare()
    await up.do(world.as('up', { targets: ['never'], flags: { 'no-wait': true } }), undefined)
    const name = `piko-${world.project}-feature-never-1`
    const isChecked = () =>
      docker('inspect', '-f', '{{range .State.Health.Log}}{{.Output}}{{end}}', name).includes('no answer')
    await until('a health check', isChecked, 90_000)
    const progress: string[] = []
    const again = world.as('up', { targets: ['dependent'], flags: { 'wait-timeout': '5' } })
    const context = { ...again, progress: (line: string) => void progress.push(line) }
    const error = detailsOf(await up.do(context, undefined).catch((reason: unknown) => reason))
    expect(error?.message).to.equal('Not ready after 5 s: never is not healthy yet')
    expect(error?.details?.slice(0, 2)).to.deep.equal([
      'never health check (exit code 1): no answer',
      'never | still loading',
    ])
    const waiting = progress.filter(line => line.startsWith('waiting for'))
    expect(waiting[0]).to.match(/^waiting for never \(\d+ s\): still loading$/)
    expect(waiting.length).to.be.within(1, 6)
    await world.dispose()
  })

  it('not failed, and passes on the full log of a failure', async () => {
    const { error } = await upWith(['broken'], { targets: ['broken'] })
    expect(error?.logs?.map(({ name }) => name)).to.deep.equal(['broken'])
    expect(error?.logs?.[0]?.text).to.contain('cannot read the moon')
  })

  it('not awaited with --no-wait', async () => {
    const { error } = await upWith(['slow', 'unhealthy'], {
      targets: ['slow', 'unhealthy'],
      flags: { 'no-wait': true },
    })
    expect(error).to.equal(undefined)
  })

  it('limited to the requested services', async () => {
    const { error } = await upWith(['broken'], { targets: ['steady'] })
    expect(error).to.equal(undefined)
  })

  it('reached after a restart, if an earlier crash loop has been fixed', async () => {
    const world = await makeWorld('readiness', { targets: ['mended'], config: { profiles: ['mended'] } })
    const name = `piko-${world.project}-feature-mended-1`
    const error: unknown = await withReadyAfter(10, () => world.up()).catch((reason: unknown) => reason)
    expect(detailsOf(error)?.message).to.contain('mended is in a crash loop')
    await until('a long pause', () => Number(docker('inspect', '-f', '{{.RestartCount}}', name)) >= 6, 90_000)
    writeFileSync(join(world.context.environment.path, 'mended'), '')
    await up.do({ ...world.as('up', { targets: ['mended'] }) }, undefined)
    expect(docker('inspect', '-f', '{{.State.Status}}', name)).to.equal('running')
    await world.dispose()
  })
})

/** On a busy machine a container's first action takes seconds: longer than the suite's default. */
async function withReadyAfter<Result>(seconds: number, work: () => Promise<Result>): Promise<Result> {
  const given = process.env['PIKO_READY_AFTER']
  process.env['PIKO_READY_AFTER'] = String(seconds)
  try {
    return await work()
  } finally {
    process.env['PIKO_READY_AFTER'] = given
  }
}

/** Unset, so that the configuration applies. */
function withoutVariable(work: () => Promise<void>): Promise<void> {
  return withReadyAfter(5, async () => {
    delete process.env['PIKO_READY_AFTER']
    await work()
  })
}
