import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { docker, requireEngine } from '#test/support/engine.js'
import { useScenario } from '#test/support/scenario.js'

const config = `env:
  COMPOSE_PROJECT_NAME: "\${name}"
  SITE_DOMAIN: "\${host}"
  ALLOWED_HOSTS: "localhost,127.0.0.1,\${host}"
  WEB_PORT: "\${port.web}"
  API_URL: "\${url.web}/api"
scripts: { setup: 'printf "%s %s" "$SITE_DOMAIN" "$WEB_PORT" > setup.txt' }
`
const files = {
  '.gitignore': '.env\nsetup.txt\n',
  '.env': 'SITE_DOMAIN=main.example\nWEB_PORT=8080\nOWN=kept\n',
  'compose.yaml': `services:
  web:
    image: busybox
    command: sleep 1000
    init: true
    stop_grace_period: 1s
    hostname: w\${WEB_PORT}
    environment: { SITE_DOMAIN: '', ALLOWED_HOSTS: '\${ALLOWED_HOSTS:?}', API_URL: '\${API_URL}', OWN: '\${OWN}' }
    env_file: [.env]
    ports: ['\${WEB_PORT}:80']
`,
}

describe('values of `env:` in .piko.yml', function () {
  before(requireEngine)
  const scenario = useScenario()

  it('reach .env, Compose, containers and scripts, but never set the Compose project', async () => {
    const project = await scenario.project({ files, config })
    await project.pikoWell('create', 'feature/auth')
    const variables = await project.json<Record<string, string>>('env', 'feature-auth')
    const port = variables['PIKO_WEB_PORT'] ?? ''
    const expected = {
      COMPOSE_PROJECT_NAME: 'feature-auth',
      SITE_DOMAIN: 'localhost',
      ALLOWED_HOSTS: 'localhost,127.0.0.1,localhost',
      WEB_PORT: port,
      API_URL: `http://localhost:${port}/api`,
    }
    expect(variables).to.include(expected)
    const text = readFileSync(join(project.worktree('feature-auth'), '.env'), 'utf8')
    expect(text.startsWith(files['.env'])).to.equal(true)
    for (const [name, value] of Object.entries(expected)) expect(text).to.contain(`${name}=${value}`)
    expect(readFileSync(join(project.worktree('feature-auth'), 'setup.txt'), 'utf8')).to.equal(
      `localhost ${port}`,
    )
    const container = `piko-${project.mark}-feature-auth-web-1`
    const inside = docker('exec', container, 'env')
    for (const name of ['ALLOWED_HOSTS', 'API_URL', 'WEB_PORT'] as const) {
      expect(inside).to.contain(`${name}=${expected[name]}`)
    }
    expect(inside).to.contain('OWN=kept')
    expect(docker('exec', container, 'hostname')).to.equal(`w${port}`)
    expect(await project.json<{ warnings: unknown[] }>('status', 'feature-auth')).to.deep.include({
      warnings: [],
    })
    const main = readFileSync(join(project.root, '.env'), 'utf8')
    expect(main).to.equal(files['.env'])
  })

  it('apply before their file exists if git does not ignore .env', async () => {
    const { '.gitignore': _, '.env': __, ...tracked } = files
    const project = await scenario.project({
      files: { ...tracked, 'compose.yaml': tracked['compose.yaml'].replace('env_file: [.env]', '') },
      config,
    })
    await project.pikoWell('create', 'one', '--no-start')
    expect(readFileSync(join(project.worktree('one'), '.env.piko'), 'utf8')).to.contain(
      'SITE_DOMAIN=localhost',
    )
    expect(
      (await project.run('git', '-C', project.worktree('one'), 'status', '--porcelain')).stdout,
    ).to.equal('')
    const status = await project.json<{ warnings: { message: string }[] }>('status', 'one')
    expect(status.warnings.map(({ message }) => message)).to.deep.equal([
      'The Compose files use OWN, which has no value',
    ])
    const resolved = await project.pikoWell('compose', 'one', '--', 'config')
    expect(resolved)
      .to.match(/hostname: w\d+\n/)
      .and.contain('ALLOWED_HOSTS: localhost,127.0.0.1,localhost')
  })
})
