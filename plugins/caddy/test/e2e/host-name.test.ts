import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { site } from '#test/support/compose-projects.js'
import { docker } from '#test/support/engine.js'
import { removeProxy } from '#test/support/proxies.js'
import { requireTool } from '#test/support/require-tool.js'
import { useScenario } from '#test/support/scenario.js'
import type { ScratchProject } from '#test/support/scratch-project.js'
import { until } from '#test/support/until.js'

interface Variables {
  readonly PIKO_HOST: string
  readonly PIKO_URL: string
  readonly PIKO_WEB_URL: string
  readonly SITE_DOMAIN: string
}

describe('an environment has a host name', function () {
  let project: ScratchProject
  const proxyFolder = () => join(project.folder, 'home/state/piko/proxy')
  // Before the scenario's clean-up: networks with the proxy attached would remain.
  afterEach(() => removeProxy(proxyFolder()))
  const scenario = useScenario()
  const config = `caddy: { media: { /media: ./media } }
env: { SITE_DOMAIN: "\${host}", API_URL: "\${url.web}" }
`
  const files = { ...site, '.gitignore': '.env\nmedia\n', '.env': 'OTHER=1\n' }

  /** Like curl, resolves `*.localhost` to this machine. */
  const fetchText = async (url: string, ...words: readonly string[]) =>
    (await project.run('curl', '-sS', '--max-time', '20', ...words, url)).stdout

  it('appears from create to destroy in everything that piko prints and writes', async () => {
    project = await scenario.project({ files, config })
    const created = await project.pikoWell('create', 'feature-auth')
    const variables = await project.json<Variables>('env', 'feature-auth')
    const url = variables.PIKO_URL
    expect(url).to.match(/^http:\/\/feature-auth\.localhost:\d+$/)
    expect(created.split('\n')).to.deep.equal([
      '✓ Created worktree at .piko/worktrees/feature-auth',
      '✓ Generated docker-compose.piko.yml',
      `✓ Started containers (piko-${project.mark}-feature-auth)`,
      `✓ Routed ${url} to web:80, port 80 is a usual web port`,
      '✓ Environment ready',
      '',
    ])
    expect(variables).to.include({
      PIKO_HOST: 'feature-auth.localhost',
      PIKO_WEB_URL: url,
      SITE_DOMAIN: 'feature-auth.localhost',
    })
    const dotenv = readFileSync(join(project.worktree('feature-auth'), '.env'), 'utf8')
    expect(dotenv).to.contain('SITE_DOMAIN=feature-auth.localhost').and.to.contain(`API_URL=${url}`)
    expect(await project.pikoWell('list')).to.contain(url)
    expect(await project.pikoWell('status', 'feature-auth')).to.contain(url)
    expect(await fetchText(url)).to.contain('nginx')
    writeFileSync(join(project.worktree('feature-auth'), 'media/photo.txt'), 'a photo\n')
    expect(await fetchText(`${url}/media/photo.txt`)).to.equal('a photo\n')

    const browser = join(project.folder, 'browser')
    writeFileSync(browser, `#!/bin/sh\necho "$1" >'${project.folder}/opened'\n`)
    chmodSync(browser, 0o755)
    const bare = { BROWSER: '', DISPLAY: '', WAYLAND_DISPLAY: '' }
    expect(await project.at(project.root, bare).pikoWell('open', 'feature-auth')).to.equal(`${url}\n`)
    await project.at(project.root, { ...bare, BROWSER: browser }).pikoWell('open', 'feature-auth', 'web')
    const opened = join(project.folder, 'opened')
    await until('the browser', () => existsSync(opened) && readFileSync(opened, 'utf8') === `${url}\n`)

    await project.pikoWell('down', 'feature-auth')
    expect(await fetchText(url)).to.contain('feature-auth is stopped')
    await project.pikoWell('up', 'feature-auth')
    expect(await fetchText(url)).to.contain('nginx')
    await project.pikoWell('destroy', 'feature-auth', '--yes')
    expect(await fetchText(url)).to.contain('No environment answers to feature-auth.localhost')
  })

  it('is unique if two projects want the same', async () => {
    project = await scenario.project({ files, config })
    await project.pikoWell('create', 'feature')
    const other = join(project.folder, `${project.mark}b`)
    mkdirSync(other)
    const beside = project.at(other)
    await beside.git('init', '--quiet', '--initial-branch', 'main')
    await beside.commit({ ...files, '.piko.yml': `ports: { base: 31500 }\ncaddy: {}\n` })
    await beside.pikoWell('create', 'feature')
    const { PIKO_URL: first } = await project.json<Variables>('env', 'feature')
    const { PIKO_URL: second, PIKO_HOST } = await beside.json<Variables>('env', 'feature')
    expect(PIKO_HOST).to.equal(`feature.${project.mark}b.localhost`)
    const routed = async (url: string) =>
      (await project.run('curl', '-sSI', url)).stdout.match(/X-Piko-Project: (\S+)/i)?.[1]
    expect(await routed(first)).to.equal(project.mark)
    expect(await routed(second)).to.equal(`${project.mark}b`)
    await beside.pikoWell('destroy', 'feature', '--yes')
    await project.pikoWell('destroy', 'feature', '--yes')
  })

  it('is restored by the next command after the proxy was stopped or removed by hand', async () => {
    project = await scenario.project({ files, config: 'caddy: {}\n' })
    await project.pikoWell('create', 'feature')
    const { PIKO_URL: url } = await project.json<Variables>('env', 'feature')
    const { container } = await project.json<{ readonly container: string }>('proxy', 'status')
    expect(await project.pikoWell('doctor')).to.contain('✓ Routes of the proxy: 1 that answer')
    docker('rm', '-f', container)
    const { stdout, exitCode } = await project.piko('doctor')
    expect(exitCode).to.equal(3)
    expect(stdout).to.contain('✗ The proxy of this machine is not running')
    await project.pikoWell('proxy', 'start')
    expect(await fetchText(url)).to.contain('nginx')
    await project.pikoWell('proxy', 'stop')
    const stopped = await project.json<object>('proxy', 'status')
    expect(stopped).to.include({ status: 'stopped', container: null })
    expect(await project.pikoWell('up', 'feature')).to.contain(`Routed ${url}`)
    expect(await fetchText(url)).to.contain('nginx')
    const { routes } = await project.json<{ readonly routes: readonly object[] }>('proxy', 'routes')
    expect(routes).to.have.length(1)
    expect(routes[0]).to.include({ url, state: 'up', says: '200' })
  })

  it('is served by a proxy whose image no project can choose', async () => {
    const absent = '127.0.0.1:1/nobody/caddy:0'
    project = await scenario.project({ files, config: `caddy: { image: "${absent}" }\n` })
    const { PIKO_URL: url } = await project
      .pikoWell('create', 'feature')
      .then(() => project.json<Variables>('env', 'feature'))
    const { container } = await project.json<{ readonly container: string }>('proxy', 'status')
    expect(docker('inspect', '-f', '{{.Config.Image}}', container)).to.equal('caddy:2')
    const started = await project.piko('proxy', 'start', '--image', absent)
    expect(started.exitCode).to.equal(4)
    expect(started.stderr).to.contain(`The image ${absent} of the proxy is missing and cannot be pulled`)
    expect(started.stderr).to.contain(`docker pull ${absent}`)
    expect(await fetchText(url), 'the running one stays').to.contain('nginx')
    await project.pikoWell('proxy', 'start', '--image', 'caddy:2-alpine')
    expect(docker('inspect', '-f', '{{.Config.Image}}', container)).to.equal('caddy:2-alpine')
    await project.pikoWell('up', 'feature')
    expect(docker('inspect', '-f', '{{.Config.Image}}', container), 'kept').to.equal('caddy:2-alpine')
    expect(await fetchText(url)).to.contain('nginx')
  })

  it('works with https without a warning, once the machine trusts the proxy', async function () {
    requireTool(this, 'certutil')
    if (process.getuid?.() !== 0 || process.env['PIKO_REQUIRE_ENGINES'] !== '1') {
      console.error('    SKIPPED: the store of this system is not changed, but by root in CI')
      this.skip()
    }
    project = await scenario.project({ files, config: 'caddy: {}\n' })
    await project.pikoWell('create', 'feature')
    const { https } = await project.json<{ readonly https: number }>('proxy', 'status')
    const url = `https://feature.localhost:${https}`
    const status = async () => (await project.run('curl', '-sS', '-o', '/dev/null', url)).exitCode
    expect(await status()).to.equal(60)
    try {
      const { stores } = await project.json<{ readonly stores: readonly string[] }>('proxy', 'trust')
      expect(stores).to.deep.equal(['the system', 'Chrome and Chromium'])
      expect(await status()).to.equal(0)
    } finally {
      await project.pikoWell('proxy', 'untrust')
    }
    expect(await status()).to.equal(60)
  })
})
