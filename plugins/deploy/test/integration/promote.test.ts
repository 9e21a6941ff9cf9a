import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFiles } from '#test/sandbox/repository.js'
import { dockerLines, requireEngine } from '#test/support/engine.js'
import { removeProxy } from '#test/support/proxies.js'
import { makeScratchProject, type ScratchProject } from '#test/support/scratch-project.js'
import {
  type Registry,
  requireRegistry,
  startRegistry,
} from '../../../compose/test/support/image-registry.js'
import { askWhoAt } from '../support/ask.js'
import type { InstanceAnswer } from '../support/stage.js'

describe('deploy: promote an environment of examples/shop', function () {
  this.timeout(600_000)
  let project: ScratchProject
  let registry: Registry
  before(requireEngine)
  before(requireRegistry)
  before(async () => {
    registry = await startRegistry()
    project = await makeScratchProject(
      { files: readFiles('examples/shop'), config: 'plugins: { tmux: false }\n' },
      () => undefined,
    )
    await project.pikoWell('create', 'feature', '--no-start')
    const stage = [
      '--service',
      'api',
      '--image',
      `${registry.host}/shop/api`,
      '--port',
      '3000',
      '--health',
      '/health',
    ]
    await project.pikoWell('stage', 'add', 'staging', ...stage)
  })
  after(async () => {
    if (project) removeProxy(join(project.folder, 'home/state/piko/proxy'))
    project?.dispose()
    await registry?.stop()
  })

  const branch = () => project.at(project.worktree('feature'))

  it('refuses a branch that builds nothing, and changes that are not committed', async () => {
    const nothing = await project.piko('promote', 'feature', 'staging')
    expect([nothing.exitCode, nothing.stderr.includes('does not build api')]).to.deep.equal([3, true])
    const file = join(project.worktree('feature'), 'docker-compose.yml')
    const built = readFileSync(file, 'utf8').replace(
      '  api:\n    <<: *app\n',
      '  api:\n    <<: *app\n    build: ./app\n',
    )
    branch().write('docker-compose.yml', built)
    branch().write('app/Dockerfile', 'FROM node:20\nCOPY . /app\n')
    const dirty = await project.piko('promote', 'feature', 'staging')
    expect([dirty.exitCode, dirty.stderr.includes('not committed')]).to.deep.equal([5, true])
  })

  it('builds, pushes under the commit, and serves it with the other services of the Compose file', async () => {
    await branch().commit({ 'app/Dockerfile': 'FROM node:20\nCOPY . /app\n' })
    const commit = (await branch().git('rev-parse', 'HEAD')).slice(0, 12)
    const answer = await project.json<{ tag: string; deploy: { status: string; url: string } }>(
      'promote',
      'feature',
      'staging',
    )
    expect([answer.tag, answer.deploy.status]).to.deep.equal([commit, 'success'])
    expect(await registry.tags('shop/api')).to.deep.equal([commit])
    const { hostname, port } = new URL(answer.deploy.url)
    expect(await askWhoAt({ host: hostname, port: Number(port) }, '/')).to.contain('"orders":0')
  })

  it('runs each of them in the stage, and keeps its data apart', async () => {
    const { instances } = await project.json<{ instances: readonly InstanceAnswer[] }>('instances', 'staging')
    expect(instances.map(({ service, status }) => `${service} ${status}`).sort()).to.deep.equal(
      ['api', 'db', 'redis', 'web', 'worker'].map(service => `${service} running`),
    )
    const volumes = dockerLines('volume', 'ls', '-q').filter(name => name.includes(project.mark))
    expect(volumes).to.include(`piko-${project.mark}-staging_db-data`)
  })

  it('replaces only what has changed', async () => {
    const { instances: before } = await project.json<{ instances: readonly InstanceAnswer[] }>(
      'instances',
      'staging',
    )
    await project.pikoWell('promote', 'feature', 'staging')
    const { instances: after } = await project.json<{ instances: readonly InstanceAnswer[] }>(
      'instances',
      'staging',
    )
    const current = after.filter(({ isCurrent }) => isCurrent).map(({ container }) => container)
    const kept = before.filter(({ service }) => service !== 'api').map(({ container }) => container)
    expect(current).to.include.members([...kept])
    expect(after.filter(({ service }) => service === 'api').map(({ status }) => status)).to.deep.equal([
      'stopped',
      'running',
    ])
  })
})
