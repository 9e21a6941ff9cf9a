import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { expectStock, takeStock } from '../../support/stock.js'

describe('a port taken by another program', () => {
  const scenario = useScenario()
  let servers: Server[] = []
  afterEach(() => {
    for (const server of servers) server.close()
    servers = []
  })
  const occupy = async (port: number) => {
    const server = createServer().listen(port, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    return server
  }

  it('is named by `up` with its service, and `up` works once it is free', async () => {
    const project = await scenario.project({ files: site })
    await project.pikoWell('create', 'feature-auth', '--no-start')
    const port = await portOf(project)
    const server = await occupy(port)
    const { exitCode, stderr } = await project.piko('up', 'feature-auth')
    expect(stderr).to.contain(`Port ${port} of service web is taken by`).and.to.contain('--port web:80=')
    expect(exitCode).to.equal(3)
    server.close()
    await project.pikoWell('up', 'feature-auth')
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).to.equal(200)
    expect(await portOf(project)).to.equal(port)
  })

  it('is changed by the command that the failed `up` suggests', async () => {
    const project = await scenario.project({ files: site })
    await project.pikoWell('create', 'feature-auth', '--no-start')
    await occupy(await portOf(project))
    const { stderr } = await project.piko('up', 'feature-auth')
    const [, words = ''] = /`piko (create feature-auth --port [^`]*)`/.exec(stderr) ?? []
    await project.pikoWell(...words.split(' '))
    const moved = await portOf(project)
    expect(words).to.contain(`web:80=${moved}`)
    expect((await fetch(`http://127.0.0.1:${moved}/`)).status).to.equal(200)
  })

  it('is skipped by `create`, which takes the next one and says so, as does `status`', async () => {
    const project = await scenario.project({ files: site })
    await project.pikoWell('create', 'first', '--no-start')
    const wanted = await portOf(project, 'first')
    await project.pikoWell('destroy', 'first')
    await occupy(wanted)
    const output = await project.pikoWell('create', 'second')
    const moved = `! Port ${wanted} is taken by another program, so web:80 has ${wanted + 1}`
    expect(output).to.contain(moved)
    await project.pikoWell('restart', 'second')
    expect(await project.pikoWell('status', 'second')).to.contain(moved)
    expect(await portOf(project, 'second')).to.equal(wanted + 1)
    expect((await fetch(`http://127.0.0.1:${wanted + 1}/`)).status).to.equal(200)
  })

  it('cannot be requested with --port, but a free one can', async () => {
    const project = await scenario.project({ files: site })
    await project.pikoWell('create', 'first', '--no-start')
    const free = (await portOf(project, 'first')) + 300
    const server = await occupy(free)
    const before = await takeStock(project)
    const refused = await project.piko('create', 'second', '--port', `web:80=${free}`, '--rollback')
    await expectStock(project, before)
    expect(refused.stderr).to.contain(`Port ${free}`)
    expect(refused.exitCode).to.equal(3)
    server.close()
    await project.pikoWell('create', 'second', '--port', `web:80=${free}`)
    expect((await fetch(`http://127.0.0.1:${free}/`)).status).to.equal(200)
  })
})

async function portOf(project: ScratchProject, name = 'feature-auth'): Promise<number> {
  return Number((await project.json<Record<string, string>>('env', name))['PIKO_WEB_PORT'])
}
