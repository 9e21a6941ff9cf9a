import { expect } from 'chai'
import { join } from 'node:path'
import { makeSandbox, type Sandbox } from '../sandbox/sandbox.js'
import { type Asked, askedBy, textsOf } from '../support/asked.js'
import { makeProjects, recordEnvironments } from '../support/many-environments.js'
import { requireTool } from '../support/require-tool.js'

/** Each has 20 projects; the command runs in the last one. */
const few = 1
const many = 25

describe('with 500 environments in 20 projects', () => {
  const machines = new Map<number, Sandbox>()
  const before_ = { ...process.env }
  before(async function () {
    requireTool(this, 'docker')
    for (const count of [few, many]) machines.set(count, await makeMachine(count))
  })
  after(() => {
    Object.assign(process.env, before_)
    for (const sandbox of machines.values()) sandbox.remove()
  })

  async function makeMachine(count: number): Promise<Sandbox> {
    const sandbox = makeSandbox('many')
    Object.assign(process.env, sandbox.env)
    const roots = rootsIn(sandbox)
    makeProjects(roots, sandbox.env)
    const names = Array.from({ length: count }, (_, index) => `environment-${index + 1}`)
    for (const root of roots) {
      const isLast = root === roots.at(-1)
      await recordEnvironments(root, isLast ? names.slice(1) : names, { hasWorktrees: isLast })
    }
    return sandbox
  }

  const askedOn = (count: number, ...words: readonly string[]): Promise<Asked> => {
    const sandbox = machines.get(count)
    if (!sandbox) throw new Error(`no machine has ${count} environments in a project`)
    const cwd = rootsIn(sandbox).at(-1) ?? ''
    return askedBy({ place: { cwd, env: sandbox.env, note: () => undefined } }, ...words)
  }

  it('`create` asks no more for the last one than for the first in a project', async () => {
    await expectSame('create', 'new', '--no-start')
  })

  it('`list --all` asks no more than with one in each project, and starts nothing', async () => {
    const asked = await expectSame('list', '--all')
    expect(textsOf(asked, 'program')).to.deep.equal([])
    expect(textsOf(asked, 'question')).to.deep.equal([])
  })

  for (const words of [['list'], ['path', 'new'], ['env', 'new'], ['status', 'new'], ['down', 'new']])
    it(`\`${words.join(' ')}\` asks no more`, () => expectSame(...words).then(() => undefined))

  /** No program, question or query more often than with one environment. */
  async function expectSame(...words: readonly string[]): Promise<Asked> {
    const [one, all] = [await askedOn(few, ...words), await askedOn(many, ...words)]
    const [expected, found] = [countTexts(one), countTexts(all)]
    const more = [...found].filter(([text, count]) => count > (expected.get(text) ?? 0))
    expect(Object.fromEntries(more)).to.deep.equal({})
    expect(textsOf(all, 'query')).not.to.deep.equal([])
    return all
  }
})

/** Databases are backed up and verified once a day and before a migration, whoever comes first. */
function isOfBackup(text: string): boolean {
  return /^(VACUUM INTO|PRAGMA integrity_check|SELECT 1 FROM sqlite_schema)/.test(text)
}

function countTexts(asked: Asked): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { text } of asked) {
    if (isOfBackup(text)) continue
    const anywhere = text.replaceAll(/\/\S*piko-many-\w+|\b[0-9a-f]{40}\b/g, '…')
    counts.set(anywhere, (counts.get(anywhere) ?? 0) + 1)
  }
  return counts
}

function rootsIn({ folder }: Sandbox): readonly string[] {
  return Array.from({ length: 20 }, (_, index) => join(folder, `project-${index + 1}`))
}
