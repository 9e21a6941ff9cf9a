import { expect } from 'chai'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'

type Variables = Readonly<Record<string, string>>

describe('concurrent commands', () => {
  const scenario = useScenario()

  it('let one of two creates of the same name win, and fail the other with a clear message', async () => {
    const project = await scenario.project({ files: site })
    const both = await Promise.all([
      project.piko('create', 'feature-auth'),
      project.piko('create', 'feature-auth'),
    ])
    const running = project.engine().containers.filter(name => name.includes(project.mark))
    expect(running).to.deep.equal([`piko-${project.mark}-feature-auth-web-1`])
    expect(both.map(({ exitCode }) => exitCode).toSorted()).to.deep.equal([0, 3])
    const [lost] = both.filter(({ exitCode }) => exitCode !== 0)
    expect(lost?.stderr).to.contain('Environment feature-auth already exists')
    expect(lost?.stderr).to.contain('Waiting for `piko create feature-auth')
  })

  it('let three creates of different names succeed, each on its own ports', async () => {
    const project = await scenario.project({ files: site })
    const names = ['one', 'two', 'three']
    const ended = await Promise.all(names.map(name => project.piko('create', name)))
    const all = await Promise.all(names.map(name => project.json<Variables>('env', name)))
    const ports = all.map(variables => variables['PIKO_WEB_PORT'])
    expect(new Set(ports).size).to.equal(3)
    for (const port of ports) expect((await fetch(`http://127.0.0.1:${port}/`)).status).to.equal(200)
    expect(ended.map(({ exitCode }) => exitCode)).to.deep.equal([0, 0, 0])
    expect(await project.git('status', '--porcelain')).to.equal('')
  })

  it('let one of two destroys win, and the other finds the environment gone', async () => {
    const project = await scenario.project({ files: site })
    await project.pikoWell('create', 'feature-auth')
    const both = await Promise.all([
      project.piko('destroy', 'feature-auth', '--yes'),
      project.piko('destroy', 'feature-auth', '--yes'),
    ])
    expect(project.engine().containers.filter(name => name.includes(project.mark))).to.deep.equal([])
    expect(both.map(({ exitCode }) => exitCode).toSorted()).to.deep.equal([0, 3])
  })
})
