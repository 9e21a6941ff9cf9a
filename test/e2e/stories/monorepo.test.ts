import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { dockerLines } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'
import { type Story, beginStory, hintsOf } from '../../support/story.js'
import { until } from '../../support/until.js'

const branch = 'feature-auth'
const api = { environment: branch, service: 'api', path: '/parcels' }

describe('a Node monorepo, from the first environment to the last', function () {
  this.timeout(900_000)
  const scenario = useScenario()

  it('is created, changed, broken, repaired and destroyed', async () => {
    const story = await beginStory(scenario, 'monorepo')
    await installDependencies(story)
    const untouched = await takeStock(story.project)
    await create(story)
    await postAParcel(story)
    await changeTheApi(story)
    await changeASharedPackage(story)
    await breakAMigration(story)
    await learnWhatIsMissing(story)
    await breakTheConfiguration(story)
    await destroy(story)
    await expectStock(story.project, untouched)
  })
})

async function installDependencies({ pasteWell }: Story): Promise<void> {
  await pasteWell('npm ci --no-audit --no-fund --prefer-offline')
}

/** Git ignores node_modules, and the containers see it: the worktree gets a copy. Main's address of the API is replaced. */
async function create({ pasteWell, project, seeAt, urlOf }: Story): Promise<void> {
  await pasteWell('piko init')
  appendFileSync(join(project.root, '.piko.yml'), project.portsLine)
  const created = await pasteWell(`piko create ${branch}`)
  expect(created)
    .to.match(/✓ Copied node_modules \([\d,]+ files\)/)
    .and.to.contain('✓ Environment ready')
  await seeAt({ ...api, service: 'web', path: '/' }, '<h1>Parcels</h1>')
  const url = await urlOf({ ...api, path: '' })
  await seeAt({ ...api, service: 'web', path: '/config.json' }, url.replace('127.0.0.1', 'localhost'))
}

/** From nginx's page to the worker and back, through every service. */
async function postAParcel({ urlOf, seeAt }: Story): Promise<void> {
  const response = await fetch(await urlOf(api), { method: 'POST', body: '{"recipient":"Ada"}' })
  expect(response.status).to.equal(200)
  await seeAt(api, '"label":"PX-000001"')
}

async function changeTheApi({ edit, project, seeAt }: Story): Promise<void> {
  edit(project.worktree(branch), {
    path: 'apps/api/src/server.js',
    from: "'GET /config.json'",
    to: "'GET /version': async () => ({ version: 2 }),\n  'GET /config.json'",
  })
  await seeAt({ ...api, path: '/version' }, '"version":2')
}

/** node_modules links to the branch's packages, not to main's. */
async function changeASharedPackage({ edit, project, seeAt }: Story): Promise<void> {
  edit(project.worktree(branch), {
    path: 'packages/store/index.js',
    from: 'select id, recipient, label from parcels order',
    to: 'select id, upper(recipient) as recipient, label from parcels order',
  })
  await seeAt(api, '"recipient":"ADA"')
}

async function breakAMigration({ edit, paste, pasteWell, project, seeAt }: Story): Promise<void> {
  const worktree = project.at(project.worktree(branch))
  worktree.write('packages/store/migrations/002-weight.sql', 'alter table parcel add column weight integer')
  const failed = await paste(`piko up ${branch}`)
  expect(failed.exitCode).to.equal(4)
  expect(failed.stderr).to.contain('Migration 002-weight.sql failed: relation "parcel" does not exist')
  const logs = hintsOf(failed).filter(hint => hint.startsWith('piko logs'))
  expect(logs).not.to.deep.equal([])
  for (const hint of logs) expect(await pasteWell(hint)).to.contain('Migration 002-weight.sql failed')
  edit(worktree.place.cwd, {
    path: 'packages/store/migrations/002-weight.sql',
    from: 'parcel',
    to: 'parcels',
  })
  await pasteWell(`piko up ${branch}`)
  await until('the migration in the log', async () =>
    (await pasteWell(`piko logs ${branch} migrate`)).includes('Applied 002-weight.sql'),
  )
  await seeAt(api, 'PX-000001')
}

/** Without node_modules in the main checkout a new environment fails, is kept, and resumes once they are back. */
async function learnWhatIsMissing({ paste, pasteWell, project }: Story): Promise<void> {
  await pasteWell('mv node_modules ../node_modules')
  const failed = await paste('piko create other --only migrate')
  expect(failed.exitCode).to.equal(4)
  expect(failed.stderr)
    .to.contain('Service migrate exited with code 1')
    .and.to.contain("Cannot find package 'pg'")
    .and.to.contain('node_modules is not in this worktree: git ignores it')
    .and.to.contain('other is kept as failed; its containers are stopped')
  const [log, , remove, resume] = hintsOf(failed)
  expect(await pasteWell(log ?? '')).to.contain("Cannot find package 'pg'")
  await pasteWell('mv ../node_modules node_modules')
  expect(await pasteWell(resume ?? '')).to.contain('✓ Environment ready')
  expect(Object.keys(await project.json('env', 'other'))).not.to.contain('PIKO_WEB_PORT')
  await pasteWell(`${remove} --yes --delete-branch`)
}

async function breakTheConfiguration({ edit, paste, pasteWell, project }: Story): Promise<void> {
  edit(project.root, { path: '.piko.yml', from: '\nfiles:', to: '\nfile:' })
  const refused = await paste('piko create other')
  expect(refused.exitCode).to.equal(3)
  expect(refused.stderr).to.contain('files')
  edit(project.root, { path: '.piko.yml', from: '\nfile:', to: '\nshared: { services: [rediss] }\nfiles:' })
  const misspelt = await paste('piko create other')
  expect(misspelt.exitCode).to.equal(3)
  expect(misspelt.stderr)
    .to.contain('rediss')
    .and.to.match(/\bredis\b/)
  edit(project.root, { path: '.piko.yml', from: 'shared: { services: [rediss] }\n', to: '' })
  await pasteWell('piko config check')
}

async function destroy({ pasteWell, paste, project }: Story): Promise<void> {
  const refused = await paste(`piko destroy ${branch} --yes`)
  expect(refused.exitCode).to.equal(5)
  expect(refused.stderr).to.contain('apps/api/src/server.js')
  await pasteWell(`piko destroy ${branch} --yes --force --delete-branch`)
  expect(
    dockerLines('ps', '--all', '--quiet', '--filter', `name=${project.mark}`),
    'containers of the environment',
  ).to.deep.equal([])
}
