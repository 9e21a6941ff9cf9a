import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { useScenario } from '../../support/scenario.js'
import { expectStock, takeStock } from '../../support/stock.js'
import { type Story, beginStory } from '../../support/story.js'
import { until } from '../../support/until.js'

const branch = 'feature-rating'
const feedback = { environment: branch, service: 'web', path: '/feedback' }

describe('a Python application, from the first environment to the last', function () {
  this.timeout(900_000)
  const scenario = useScenario()

  it('is created, changed, broken, repaired and destroyed', async () => {
    const story = await beginStory(scenario, 'python-app')
    await followTheReadme(story)
    const untouched = await takeStock(story.project)
    await create(story)
    await leaveFeedback(story)
    await changeTheWorker(story)
    await addADependency(story)
    await breakAMigration(story)
    await destroy(story)
    await expectStock(story.project, untouched)
  })
})

async function followTheReadme({ pasteWell }: Story): Promise<void> {
  await pasteWell('cp .env.example .env')
  await pasteWell('docker compose run --quiet-pull --rm install')
  await pasteWell('docker compose down')
}

async function create({ edit, pasteWell, project, seeAt }: Story): Promise<void> {
  await pasteWell('piko init')
  appendFileSync(join(project.root, '.piko.yml'), project.portsLine)
  edit(project.root, {
    path: '.piko.yml',
    from: '# copy: [.env, .env.local]',
    to: 'copy: [.env, .venv]',
  })
  expect(await pasteWell(`piko create ${branch}`)).to.contain('✓ Environment ready')
  expect(existsSync(join(project.worktree(branch), '.env'))).to.equal(true)
  await seeAt(feedback, '[]')
}

/** The web server stores it, and the worker judges it by the words in `.env`. */
async function leaveFeedback({ seeAt, urlOf }: Story): Promise<void> {
  const url = await urlOf(feedback)
  await fetch(url, { method: 'POST', body: '{"message":"Well done"}' })
  await fetch(url, { method: 'POST', body: '{"message":"Casino!"}' })
  await seeAt(feedback, '"Well done", "state": "published"')
  await seeAt(feedback, '"Casino!", "state": "rejected"')
}

/** Python does not reload a module, so restart the service. */
async function changeTheWorker({ edit, pasteWell, project, seeAt, urlOf }: Story): Promise<void> {
  edit(project.worktree(branch), { path: 'feedback/worker.py', from: "'published'", to: "'praised'" })
  await pasteWell(`piko restart ${branch} worker`)
  await fetch(await urlOf(feedback), { method: 'POST', body: '{"message":"Splendid"}' })
  await seeAt(feedback, '"Splendid", "state": "praised"')
}

/** The branch needs a package that its virtual environment lacks. */
async function addADependency({ edit, paste, pasteWell, project }: Story): Promise<void> {
  const worktree = project.at(project.worktree(branch))
  await worktree.run('cp', '-r', 'packages/pgwire', 'packages/rating')
  await worktree.run('mv', 'packages/rating/pgwire', 'packages/rating/rating')
  worktree.write('packages/rating/rating/__init__.py', 'def stars(message):\n    return message.count("!")\n')
  for (const path of ['packages/rating/pyproject.toml', 'packages/rating/build_wheel.py'])
    await worktree.run('sed', '-i', 's/pgwire/rating/g', path)
  worktree.write('requirements.txt', './packages/pgwire\n./packages/rating\n')
  edit(worktree.place.cwd, {
    path: 'feedback/worker.py',
    from: 'from .database',
    to: 'from rating import stars\n\nfrom .database',
  })
  edit(worktree.place.cwd, {
    path: 'feedback/worker.py',
    from: 'print("The worker waits',
    to: 'print(stars("!!!"), "stars")\n    print("The worker waits',
  })
  await paste(`piko restart ${branch} worker`) // a failure, unless the worker takes longer to crash than to be ready
  await until('the missing module in the log', async () =>
    (await pasteWell(`piko logs ${branch} worker`)).includes("No module named 'rating'"),
  )
  await pasteWell(`piko compose ${branch} -- run --rm install`)
  await pasteWell(`piko restart ${branch} worker`)
  await until('the worker in the log', async () =>
    (await pasteWell(`piko logs ${branch} worker`)).includes('3 stars'),
  )
  expect(existsSync(join(project.root, '.venv/lib/python3.11/site-packages/rating')), "in main's").to.equal(
    false,
  )
}

async function breakAMigration({ edit, paste, pasteWell, project, seeAt }: Story): Promise<void> {
  const worktree = project.at(project.worktree(branch))
  worktree.write('migrations/002_rating.sql', 'alter table feedbak add column stars integer')
  const failed = await paste(`piko up ${branch}`)
  expect(failed.exitCode).to.equal(4)
  expect(failed.stderr).to.contain('Migration 002_rating.sql failed: relation "feedbak" does not exist')
  edit(worktree.place.cwd, { path: 'migrations/002_rating.sql', from: 'feedbak', to: 'feedback' })
  await pasteWell(`piko up ${branch}`)
  await seeAt(feedback, 'Splendid')
}

async function destroy({ pasteWell, project }: Story): Promise<void> {
  await project.at(project.worktree(branch)).git('add', '--all')
  await project.at(project.worktree(branch)).git('commit', '--quiet', '--message', 'Rate feedback')
  await pasteWell(`piko destroy ${branch} --yes --force --delete-branch`)
}
