import { expect } from 'chai'
import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { useScenario } from '../support/scenario.js'

const files = {
  '.gitignore': '.env\n',
  '.env': 'COMPOSE_PROJECT_NAME=shop\nALLOWED_HOSTS=main.example\n',
  'compose.yaml': `services:
  api: { image: busybox, ports: ['23000:3000'] }
  web:
    image: busybox
    ports: ['28080:80']
    environment: { API_URL: 'http://localhost:23000', HOSTS: '\${ALLOWED_HOSTS}' }
`,
}

describe('piko init', function () {
  const scenario = useScenario()

  it('writes the values that environments need, and leaves the choice of plugins to each machine', async () => {
    const project = await scenario.project({ files, config: false })
    const output = await project.pikoWell('init')
    expect(output).to.contain('  env.API_URL: web has http://localhost:23000, a port of the main checkout\n')
    const text = readFileSync(join(project.root, '.piko.yml'), 'utf8')
    expect(text)
      .to.match(/^# plugins:$/m)
      .and.not.match(/^plugins:/m)
    expect(text).to.match(/^ {2}API_URL: "http:\/\/localhost:\$\{port\.api\}" # /m)
    expect(text).to.match(/^ {2}COMPOSE_PROJECT_NAME: "\$\{project\}" # the project uses it$/m)
    expect(text).to.match(/^ {2}ALLOWED_HOSTS: "\$\{host\},localhost,127\.0\.0\.1" # the project uses it$/m)
    expect(text).to.match(/^ {2}# SITE_DOMAIN: "\$\{host\}" # /m)
  })

  it('writes a working file: .env has the values, and the branch connects to itself', async () => {
    const project = await scenario.project({ files, config: false })
    await project.pikoWell('init')
    expect(await project.pikoWell('config', 'check')).to.contain('has no problems')
    const output = await project.pikoWell('create', 'a', '--no-start')
    expect(output).not.to.contain('the main checkout')
    const { PIKO_API_PORT: port, PIKO_PROJECT: name } = await project.json<Record<string, string>>('env', 'a')
    const text = readFileSync(join(project.worktree('a'), '.env'), 'utf8')
    expect(text).to.contain(`\nCOMPOSE_PROJECT_NAME=${name}\n`)
    expect(text).to.contain('\nALLOWED_HOSTS=localhost,localhost,127.0.0.1\n')
    expect(text).to.contain(`\nAPI_URL=http://localhost:${port}\n`)
    const override = readFileSync(join(project.worktree('a'), 'docker-compose.piko.yml'), 'utf8')
    expect(override).to.contain(`API_URL: http://localhost:${port}`)
  })

  it('writes a file even if the Compose files cannot be read, and says why it proposes nothing', async () => {
    const project = await scenario.project({ files: { 'compose.yaml': 'services: [\n' }, config: false })
    const { exitCode, stderr } = await project.piko('init')
    expect([exitCode, stderr]).to.deep.equal([
      0,
      '! compose proposes nothing: Docker Compose cannot read compose.yaml\n',
    ])
  })

  it('lets sync name the files that a plugin wrote', async () => {
    const project = await scenario.project({ files, config: false })
    await project.pikoWell('init')
    await project.pikoWell('create', 'a', '--no-start')
    expect(await project.pikoWell('sync', 'a')).to.contain('Nothing has changed\n')
    const env = join(project.root, '.piko.yml')
    appendFileSync(env, readFileSync(env, 'utf8').includes('\nenv:\n') ? '' : 'env: {}\n')
    const text = readFileSync(env, 'utf8').replace('\nenv:\n', '\nenv:\n  NEW: "1"\n')
    project.write('.piko.yml', text)
    expect(await project.pikoWell('sync', 'a')).to.match(/^Changed:\n~ file \.env \(core\)\n/)
    rmSync(join(project.worktree('a'), 'docker-compose.piko.yml'))
    const { files: changed } = await project.json<{ files: object[] }>('sync', 'a')
    expect(changed).to.deep.equal([{ path: 'docker-compose.piko.yml', change: 'created', plugin: 'compose' }])
  })
})
