import { expect } from 'chai'
import { join } from 'node:path'
import { projectFact } from '@piko/plugin-compose/contract'
import { subjectOf } from '#src/environment/record.js'
import { writeFact } from '#src/lifecycle/facts.js'
import type { Database } from '#src/state/open.js'
import { type Asked, askedBy, askedTwice, textsOf } from '#test/support/asked.js'
import { makeProjects, recordEnvironments } from '#test/support/many-environments.js'
import { makeSandbox } from '#test/sandbox/sandbox.js'
import { type Described, startRecordedEngine } from '../support/recorded-engine.js'

const projects = 20
const environments = Array.from({ length: 25 }, (_, index) => `environment-${index + 1}`)

describe('with 1,000 containers on the engine', () => {
  const sandbox = makeSandbox('containers')
  const socket = join(sandbox.folder, 'engine.sock')
  const roots = Array.from({ length: projects }, (_, index) => join(sandbox.folder, `project-${index + 1}`))
  const [root = ''] = roots
  const env = { ...sandbox.env, DOCKER_HOST: `unix://${socket}` }
  const variables = { ...process.env }
  let stop = () => undefined as void
  before(async () => {
    Object.assign(process.env, sandbox.env)
    makeProjects(roots, sandbox.env)
    for (const each of roots)
      await recordEnvironments(each, environments, { hasWorktrees: each === root, publish })
    ;({ stop } = await startRecordedEngine(socket, roots.flatMap(containersOf)))
  })
  after(() => {
    stop()
    Object.assign(process.env, variables)
    sandbox.remove()
  })

  const publish = (state: Database, name: string) => {
    const { project } = state.prepare('SELECT name AS project FROM project').get() as {
      readonly project: string
    }
    writeFact(state, subjectOf(name), { id: projectFact.id, value: `piko-${project}-${name}` })
  }

  const asked = (...words: readonly string[]): Promise<Asked> =>
    askedBy({ place: { cwd: root, env, note: () => undefined } }, ...words)
  const lists = (all: Asked) => textsOf(all, 'question').filter(text => text.includes('/containers/json'))

  it('`status` and `ps` inspect only the containers of their project; `status` also lists what carries marks', async () => {
    for (const [words, listings, most] of [
      [['status', 'environment-7'], 2, 52],
      [['ps', 'environment-7'], 1, 2],
    ] as const) {
      const all = await asked(...words)
      expect(lists(all), words.join(' ')).to.have.length(listings)
      expect(textsOf(all, 'question'), words.join(' ')).to.have.length(listings + most)
      expect(askedTwice(all)).to.deep.equal([])
    }
  })

  it('`list --live` lists once, and asks git once for all branches and once for each worktree', async () => {
    const all = await asked('list', '--live')
    expect(lists(all)).to.have.length(1)
    expect(askedTwice(all)).to.deep.equal([])
    expect(textsOf(all, 'program')).to.have.length(1 + environments.length)
  })

  // On a slow machine, its time limit ends first: then it asks less.
  it('`list --all --live` lists at most once for each project, and inspects no container twice', async () => {
    const all = await asked('list', '--all', '--live')
    expect(lists(all)).to.have.lengthOf.within(1, projects)
    expect(askedTwice(all)).to.deep.equal([])
  })

  it('`list --all` asks it nothing', async () => {
    expect(textsOf(await asked('list', '--all'), 'question')).to.deep.equal([])
  })
})

function containersOf(root: string): readonly Described[] {
  const project = root.slice(root.lastIndexOf('/') + 1)
  return environments.flatMap(environment =>
    ['web', 'db'].map(service => ({ project, root, environment, service })),
  )
}
