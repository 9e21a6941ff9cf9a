import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { docker } from '#test/support/engine.js'
import { useProject } from '#test/support/suite-project.js'

const files = {
  'compose.yaml': `
x-quick: &quick { image: busybox, command: sleep 100000, init: true, stop_grace_period: 1s }
services:
  api: { <<: *quick, ports: ['23000:3000'], environment: { SELF: 'http://localhost:3000', NOISE: 'id-23000' } }
  web:
    <<: *quick
    image: web
    build: { context: ., args: { API_HOST: 'localhost:23000' } }
    ports: ['28080:80']
    environment: { API_URL: 'http://localhost:23000/v1?a=$$b' }
    env_file: web.env
    labels: { app.api: 'http://127.0.0.1:23000' }
`,
  'web.env': 'SITE=http://web.localhost:28080\n',
  Dockerfile: 'FROM busybox:latest\nARG API_HOST\nENV BUILT_WITH=$API_HOST\n',
}

interface Explained {
  readonly warnings: readonly {
    readonly code: string
    readonly message: string
    readonly hints: readonly string[]
  }[]
  readonly changes: readonly { readonly what: string; readonly to: string }[]
}

describe('compose: values that refer to ports of the main checkout', function () {
  let created = ''
  const project = useProject(files, async made => (created = await made.pikoWell('create', 'a')))
  const variable = (environment: string, name: string) =>
    docker('exec', `piko-${project().mark}-${environment}-web-1`, 'sh', '-c', `echo "$${name}"`)
  const warnings = async (name: string) =>
    (await project().json<Explained>('explain', name)).warnings.filter(
      ({ code }) => code === 'COMPOSE_PORT_OF_MAIN',
    )
  const ports = (name: string) => project().json<Record<string, string>>('env', name)
  /** The suggested line for .piko.yml. */
  const line = () => /set `(env: \{.*\})` in \.piko\.yml/.exec(created)?.[1] ?? ''

  it('are reported by create, status and explain, each with its service and name', async () => {
    for (const output of [
      created,
      await project().pikoWell('status', 'a'),
      await project().pikoWell('explain', 'a'),
    ]) {
      expect(output).to.contain(
        '! Service web: API_URL is http://localhost:23000/v1?a=$b, the port of api in the main checkout\n',
      )
      expect(output).to.contain(
        '! Service web: SITE is http://web.localhost:28080, the port of web in the main checkout\n',
      )
      expect(output).to.contain('! Service web: the build argument API_HOST is localhost:23000')
      expect(output).to.contain('! Service web: the label app.api is http://127.0.0.1:23000')
      expect(output).not.to.contain('SELF').and.not.contain('NOISE')
    }
    expect(await warnings('a')).to.have.length(4)
    expect(variable('a', 'API_URL')).to.equal('http://localhost:23000/v1?a=$b')
  })

  it('are replaced in the container by the suggested line in .piko.yml, in every notation', async () => {
    expect(line()).to.match(/^env: \{ .*API_URL: "http:\/\/localhost:\$\{port\.api\}\/v1\?a=\$\$b"/)
    const before = readFileSync(join(project().root, '.piko.yml'), 'utf8')
    project().write('.piko.yml', `${before}${line()}\n`)
    await project().pikoWell('up', 'a')
    const { PIKO_API_PORT: api, PIKO_WEB_PORT: web } = await ports('a')
    expect(variable('a', 'API_URL')).to.equal(`http://localhost:${api}/v1?a=$b`)
    expect(variable('a', 'SITE')).to.equal(`http://web.localhost:${web}`)
    const { changes } = await project().json<Explained>('explain', 'a')
    expect(changes.find(({ what }) => what === 'variable API_URL')?.to).to.equal(
      `http://localhost:${api}/v1?a=$b`,
    )
    expect((await warnings('a')).map(({ message }) => message)).to.deep.equal([
      'Service web: the label app.api is http://127.0.0.1:23000, the port of api in the main checkout',
    ])
  })

  it('are replaced in builds', async () => {
    await project().pikoWell('create', 'b')
    const { PIKO_API_PORT: api } = await ports('b')
    expect(variable('b', 'BUILT_WITH')).to.equal(`localhost:${api}`)
  })

  it('in labels are fixed by the suggested text in the Compose file', async () => {
    const [warning] = await warnings('a')
    const [, text = ''] = /write `(.*)` in the Compose file/.exec(warning?.hints[0] ?? '') ?? []
    expect(text).to.equal('http://127.0.0.1:${PIKO_API_PORT_3000:-23000}')
    const worktree = project().at(project().worktree('a'))
    worktree.write('compose.yaml', files['compose.yaml'].replace('http://127.0.0.1:23000', text))
    await project().pikoWell('up', 'a')
    expect(await warnings('a')).to.deep.equal([])
    const label = docker(
      'inspect',
      `piko-${project().mark}-a-web-1`,
      '--format',
      '{{index .Config.Labels "app.api"}}',
    )
    expect(label).to.equal(`http://127.0.0.1:${(await ports('a'))['PIKO_API_PORT']}`)
  })
})
