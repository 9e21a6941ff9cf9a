import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { useScenario } from '#test/support/scenario.js'
import { takeStock } from '#test/support/stock.js'

interface Preview {
  readonly changes: readonly { readonly what: string; readonly to: string }[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

const files = {
  'compose.yaml': `services:
  web: { image: busybox, container_name: fixed, ports: ['8080:80'], volumes: ['../outside:/o', './src:/src'], env_file: [.env] }
  host: { image: busybox, network_mode: host }
`,
  '.gitignore': '.env\n',
  '.env': 'A=b\n',
}

describe('create --dry-run', function () {
  const scenario = useScenario()

  it('shows what explain will show, before anything is done', async () => {
    const project = await scenario.project({ files })
    const before = await takeStock(project)
    const { preview } = await project.json<{ preview: { compose: Preview } }>('create', 'one', '--dry-run')
    const lines = await project.pikoWell('create', 'one', '--dry-run')
    expect(await takeStock(project)).to.deep.equal(before)
    expect(readdirSync(tmpdir()).filter(name => name.startsWith('piko-rehearsal-'))).to.deep.equal([])
    await project.pikoWell('create', 'one', '--no-start')
    const { changes, warnings } = await project.json<Preview>('explain', 'one')
    expect(preview.compose).to.deep.equal({ changes, warnings })
    for (const { to } of changes) expect(lines).to.contain(to)
    expect(lines).to.match(/^Plan for one:\n\nAccess to this machine\n {2}Service /)
    expect(lines).to.contain("Service host shares the host's network")
    for (const { message } of warnings) expect(lines).to.contain(`! ${message}`)
    expect(warnings.map(({ code }) => code)).to.have.members([
      'COMPOSE_HOST_NETWORKING',
      'COMPOSE_MOUNT_OUTSIDE',
    ])
  })

  it('reads the requested branch, not the checkout', async () => {
    const project = await scenario.project({ files })
    await project.git('checkout', '--quiet', '-b', 'other')
    await project.commit({ 'compose.yaml': "services:\n  db: { image: busybox, ports: ['5432:5432'] }\n" })
    await project.git('checkout', '--quiet', 'main')
    const lines = await project.pikoWell('create', 'other', '--dry-run', '--port', 'db:5432=23999')
    expect(lines).to.match(/db +5432\/tcp +127\.0\.0\.1:23999 +instead of 5432/)
    expect(lines).not.to.match(/^ +web /m)
    expect(existsSync(join(project.root, '.piko/worktrees'))).to.equal(false)
  })

  it('reports problems of the branch, as create would', async () => {
    const project = await scenario.project({
      files: {
        'compose.yaml': "services:\n  a: { image: busybox, ports: [{ target: 80, published: '99999' }] }\n",
      },
    })
    const { exitCode, stderr } = await project.piko('create', 'one', '--dry-run')
    expect(exitCode).to.equal(3)
    expect(stderr).to.contain('COMPOSE_PORT_MALFORMED').and.contain('Service a').and.contain('compose.yaml')
  })
})
