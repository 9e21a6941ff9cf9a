import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'
import { type Story, beginStory } from '../../support/story.js'

const branch = 'feature-authors'
const page = { environment: branch, service: 'nginx' }

describe('a PHP application, from the first environment to the last', function () {
  this.timeout(900_000)
  const scenario = useScenario()

  it('is created, changed, broken, repaired and destroyed', async () => {
    const story = await beginStory(scenario, 'php-app')
    await followTheReadme(story)
    const untouched = await takeStock(story.project)
    await create(story)
    await addABook(story)
    await changeThePage(story)
    await breakThePage(story)
    await destroy(story)
    await expectStock(story.project, untouched)
  })
})

async function followTheReadme({ pasteWell }: Story): Promise<void> {
  await pasteWell('docker compose run --quiet-pull --rm composer')
  await pasteWell('docker compose down')
}

/** PHP-FPM starts without `vendor`: only the page itself would show that it is missing. */
async function create({ edit, pasteWell, project, seeAt }: Story): Promise<void> {
  await pasteWell('piko init')
  appendFileSync(join(project.root, '.piko.yml'), project.portsLine)
  edit(project.root, { path: '.piko.yml', from: '# copy: [.env, .env.local]', to: 'copy: [vendor]' })
  edit(project.root, {
    path: '.piko.yml',
    from: '# setup: ./scripts/setup.sh',
    to: 'setup: piko exec php -- php bin/migrate.php',
  })
  await pasteWell('piko trust') // what piko says to run first, since the file has a command for this machine
  expect(await pasteWell(`piko create ${branch}`)).to.contain('✓ Environment ready')
  await seeAt(page, '<h1>Bookshelf</h1>')
}

async function addABook({ seeAt, urlOf }: Story): Promise<void> {
  const response = await fetch(await urlOf(page), {
    method: 'POST',
    body: new URLSearchParams({ title: 'Emma' }),
  })
  expect(response.status).to.equal(201)
  await seeAt(page, '<li>Emma</li>')
}

/** One change in the application, one in a package that `vendor` links to. */
async function changeThePage({ edit, project, seeAt }: Story): Promise<void> {
  const place = project.worktree(branch)
  edit(place, { path: 'public/index.php', from: "'Bookshelf'", to: "'Library'" })
  edit(place, { path: 'packages/page/src/Page.php', from: '<ul>', to: '<ul class=books>' })
  await seeAt(page, '<h1>Library</h1>\n<ul class=books>')
}

async function breakThePage({ edit, pasteWell, project, seeAt }: Story): Promise<void> {
  const place = project.worktree(branch)
  edit(place, { path: 'src/Books.php', from: 'return $this', to: 'retrun $this' })
  await seeAt(page, 'Parse error')
  expect(await pasteWell(`piko logs ${branch} php`)).to.contain('GET /index.php')
  edit(place, { path: 'src/Books.php', from: 'retrun', to: 'return' })
  await seeAt(page, '<li>Emma</li>')
}

async function destroy({ pasteWell }: Story): Promise<void> {
  await pasteWell(`piko destroy ${branch} --yes --force --delete-branch`)
  await pasteWell('piko trust --revoke')
}
