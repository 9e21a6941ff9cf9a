import { expect } from 'chai'
import { existsSync } from 'node:fs'
import { useScenario } from '#test/support/scenario.js'
import { webService } from '#test/support/compose-projects.js'

const files = {
  'compose.yaml': `${webService('8080:80')}  redis: { image: redis:7, profiles: [queue], volumes: ['data:/data'] }\nvolumes: { data: {} }\n`,
}
const config = `shared: { services: [rediss] }
volumes: { copy: [dta] }
tmux:
  logs: [webb]
  windows: [{ name: cache, service: redsi }]
compose: { profiles: [quue] }
caddy: { services: { web: {}, wep: { port: 80 } }, media: { /media: dataa } }
plugins: { tmux: true }
`

describe('names of services and volumes in .piko.yml', function () {
  const scenario = useScenario()

  it('are checked against the Compose files, and the nearest is suggested', async () => {
    const project = await scenario.project({ files, config })
    const { exitCode, stderr } = await project.piko('config', 'check')
    expect(exitCode).to.equal(3)
    const lines = stderr.split('\n').filter(line => line.includes('.piko.yml:'))
    expect(lines.map(line => line.trim())).to.deep.equal([
      '.piko.yml:2:22  shared.services.rediss: `rediss` is not a service of the Compose files; the nearest is `redis`',
      '.piko.yml:3:19  volumes.copy[0]: `dta` is not a volume of the Compose files; the nearest is `data`',
      '.piko.yml:5:10  tmux.logs[0]: `webb` is not a service of the Compose files; the nearest is `web`',
      '.piko.yml:6:28  tmux.windows[0].service: `redsi` is not a service of the Compose files; the nearest is `redis`',
      '.piko.yml:7:23  compose.profiles.quue: `quue` is not a profile of the Compose files; the nearest is `queue`',
      '.piko.yml:8:31  caddy.services.wep: `wep` is not a service of the Compose files; the nearest is `web`',
      '.piko.yml:8:61  caddy.media["/media"]: `dataa` is not a volume of the Compose files; the nearest is `data`',
    ])
  })

  it('are refused by create before anything is created', async () => {
    const project = await scenario.project({ files, config: 'shared: { services: [rediss] }\n' })
    const { exitCode, stderr } = await project.piko('create', 'a', '--no-start')
    expect(exitCode).to.equal(3)
    expect(stderr).to.contain('`rediss` is not a service of the Compose files; the nearest is `redis`')
    expect(existsSync(project.worktree('a'))).to.equal(false)
    expect((await project.json<{ environments: unknown[] }>('list')).environments).to.deep.equal([])
  })

  it('are checked against the branch if it already exists: an unknown one causes a warning', async () => {
    const project = await scenario.project({ files, config: 'volumes: { copy: [cache] }\n' })
    await project.git('checkout', '--quiet', '-b', 'has-cache')
    await project.commit({ 'compose.yaml': files['compose.yaml'].replace(/data(?=:)/g, 'cache') })
    await project.git('checkout', '--quiet', 'main')
    await project.git('branch', 'has-none')
    expect(await project.pikoWell('create', 'has-cache', '--no-start')).not.to.contain('is not a volume')
    expect(await project.pikoWell('create', 'has-none', '--no-start')).to.contain(
      '! .piko.yml: volumes.copy[0]: `cache` is not a volume of the Compose files',
    )
  })

  it('are not checked if the Compose files cannot be read, and check says so', async () => {
    const project = await scenario.project({
      files: { 'compose.yaml': 'services: [\n' },
      config: 'volumes: { copy: [a] }\n',
    })
    const { exitCode, stderr } = await project.piko('config', 'check')
    expect([exitCode, stderr]).to.deep.equal([
      0,
      '! Names were not compared with the Compose files: Docker Compose cannot read compose.yaml\n',
    ])
  })
})
