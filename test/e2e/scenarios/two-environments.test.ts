import { expect } from 'chai'
import { useScenario } from '../../support/scenario.js'
import { shop } from '../../support/compose-projects.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { expectStock, takeStock } from '../../support/stock.js'

type Variables = Readonly<Record<string, string>>

describe('two environments', () => {
  const scenario = useScenario()

  it('share neither data nor files', async () => {
    const project = await scenario.project()
    await project.pikoWell('create', 'one')
    await project.pikoWell('create', 'two')
    project.at(project.worktree('two')).write('site/index.html', 'hello from two\n')
    await query(project, { name: 'one', sql: 'CREATE TABLE only_in_one (id int)' })
    const tables = "SELECT count(*) FROM pg_tables WHERE tablename = 'only_in_one'"
    expect(await query(project, { name: 'one', sql: tables })).to.equal('1')
    expect(await query(project, { name: 'two', sql: tables })).to.equal('0')
    await project.pikoWell('exec', 'one', 'redis', '--', 'redis-cli', 'SET', 'key', 'of-one')
    expect((await project.pikoWell('exec', 'two', 'redis', '--', 'redis-cli', 'GET', 'key')).trim()).to.equal(
      '',
    )
    expect(await pageOf(await project.json<Variables>('env', 'one'))).to.equal('hello from main\n')
    expect(await pageOf(await project.json<Variables>('env', 'two'))).to.equal('hello from two\n')
  })

  it('keep their ports when others come and go', async () => {
    const project = await scenario.project()
    await project.pikoWell('create', 'one')
    const before = await project.json<Variables>('env', 'one')
    await project.pikoWell('create', 'two', '--no-start')
    await project.pikoWell('create', 'three', '--no-start')
    await project.pikoWell('destroy', 'two', '--yes')
    expect(await project.json('env', 'one')).to.deep.equal(before)

    const inside = project.at(project.worktree('one'))
    const withAdmin = shop['compose.yaml']?.replace(
      '  db:',
      `  admin:\n    image: nginx:latest\n    ports: ['8081:80']\n  db:`,
    )
    await inside.commit({ 'compose.yaml': withAdmin ?? '' })
    const container = await inside.pikoWell('exec', 'web', '--', 'hostname')
    await inside.pikoWell('up')
    const after = await project.json<Variables>('env', 'one')
    expect((await fetch(`http://127.0.0.1:${after['PIKO_ADMIN_PORT']}/`)).status).to.equal(200)
    expect(await pageOf(after)).to.equal('hello from main\n')
    expect(await inside.pikoWell('exec', 'web', '--', 'hostname'), 'the container of web').to.equal(container)
    expect(after).to.include(before)
  })

  it('are destroyed independently', async () => {
    const project = await scenario.project()
    await project.pikoWell('create', 'one')
    const before = await takeStock(project)
    await project.pikoWell('create', 'two')
    await project.pikoWell('destroy', 'two', '--yes', '--delete-branch')
    await expectStock(project, before)
    expect(await pageOf(await project.json<Variables>('env', 'one'))).to.equal('hello from main\n')
  })
})

async function query(
  project: ScratchProject,
  asked: { readonly name: string; readonly sql: string },
): Promise<string> {
  const words = ['psql', '-U', 'postgres', '-h', '127.0.0.1', '-Atc', asked.sql]
  return (await project.pikoWell('exec', asked.name, 'db', '--', 'env', 'PGPASSWORD=secret', ...words)).trim()
}

async function pageOf(variables: Variables): Promise<string> {
  return (await fetch(`http://127.0.0.1:${variables['PIKO_WEB_PORT']}/`)).text()
}
