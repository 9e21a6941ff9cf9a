import { expect } from 'chai'
import { shop } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import { until } from '../../support/until.js'

interface Containers {
  readonly containers: readonly { readonly service: string; readonly state: string }[]
}

describe('an environment in a new shell', () => {
  const scenario = useScenario()

  it('is read from the database and the engine alone, with and without its name', async () => {
    const project = await scenario.project({ files: shop })
    await project.pikoWell('create', 'feature-auth')
    const { PIKO_WEB_PORT: port = '' } = await project.json<Record<string, string>>('env', 'feature-auth')
    await fetch(`http://127.0.0.1:${port}/from-the-test`)

    const places = [
      { shell: project.at(`${project.root}/site`), name: ['feature-auth'] },
      { shell: project.at(`${project.worktree('feature-auth')}/site`), name: [] },
    ]
    for (const { shell, name } of places) {
      const states = (await shell.json<Containers>('ps', ...name)).containers
      expect(states.map(({ service, state }) => `${service} ${state}`)).to.deep.equal([
        'db running',
        'redis running',
        'web running',
      ])
      const isLogged = async () =>
        (await shell.pikoWell('logs', ...name, 'web')).includes('GET /from-the-test')
      expect(await until('the request in the log', isLogged)).to.equal(true)
      expect(
        await shell.pikoWell('exec', ...name, 'web', '--', 'cat', '/usr/share/nginx/html/index.html'),
      ).to.equal('hello from main\n')
      expect((await shell.piko('exec', ...name, 'web', '--', 'sh', '-c', 'exit 9')).exitCode).to.equal(9)
      expect(await shell.pikoWell('list')).to.match(/^feature-auth +running +feature-auth +.*web:\d+/m)
      expect(await shell.pikoWell('compose', ...name, '--', 'port', 'web', '80')).to.equal(
        `127.0.0.1:${port}\n`,
      )
    }
  })

  it('is stopped, started and restarted with its data', async () => {
    const project = await scenario.project({ files: shop })
    await project.pikoWell('create', 'feature-auth')
    const before = await project.json('env', 'feature-auth')
    const inside = project.at(project.worktree('feature-auth'))
    const psql = [
      'exec',
      'db',
      '--',
      'env',
      'PGPASSWORD=secret',
      'psql',
      '-U',
      'postgres',
      '-h',
      '127.0.0.1',
      '-Atc',
    ]
    await inside.pikoWell(...psql, 'CREATE TABLE kept (id int)')
    await inside.pikoWell('down')
    expect(project.engine().containers.filter(name => name.includes(project.mark))).to.deep.equal([])
    expect(await project.pikoWell('list')).to.contain('stopped')
    await inside.pikoWell('up')
    await inside.pikoWell('restart', 'web')
    expect(await inside.pikoWell(...psql, 'SELECT count(*) FROM kept')).to.equal('0\n')
    expect(await project.json('env', 'feature-auth')).to.deep.equal(before)
  })
})
