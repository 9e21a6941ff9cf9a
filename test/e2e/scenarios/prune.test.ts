import { expect } from 'chai'
import { openDatabase } from '#src/state/open.js'
import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { site } from '../../support/compose-projects.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { expectStock, takeStock } from '../../support/stock.js'

interface Pruned {
  readonly remove: readonly {
    readonly name: string
    readonly merged: object | null
    readonly bytes: number
  }[]
  readonly kept: readonly { readonly name: string; readonly because: string }[]
}

describe('prune', () => {
  const scenario = useScenario()

  /** An environment, without services, whose branch has one commit. */
  async function work(project: ScratchProject, name: string): Promise<ScratchProject> {
    await project.pikoWell('create', name)
    const inside = project.at(project.worktree(name))
    await inside.commit({ [`${name}.txt`]: 'work\n' })
    return inside
  }

  async function merge(project: ScratchProject, name: string): Promise<void> {
    await project.git('merge', '--quiet', '--squash', name)
    await project.git('commit', '--quiet', '--message', `${name} (#1)`)
  }

  const names = async (project: ScratchProject) =>
    (await project.json<{ environments: { name: string }[] }>('list')).environments.map(({ name }) => name)

  it('removes merged environments, and keeps new, unfinished and changed ones', async () => {
    const project = await scenario.project({ files: {}, config: 'plugins: []\n' })
    for (const name of ['done', 'dirty', 'wip']) await work(project, name)
    await project.pikoWell('create', 'fresh')
    await merge(project, 'done')
    await merge(project, 'dirty')
    project.at(project.worktree('dirty')).write('idea.txt', 'not committed\n')
    const planned = await project.json<Pruned>('prune', '--dry-run')
    expect(planned.remove.map(({ name, merged }) => ({ name, merged }))).to.deep.equal([
      { name: 'done', merged: { into: 'main', how: 'rebased' } },
    ])
    expect(planned.kept).to.deep.equal([{ name: 'dirty', because: '1 uncommitted file' }])
    const refused = await project.piko('prune')
    expect([refused.exitCode, refused.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 5 && text.includes('`piko prune --yes`'),
    )
    expect(await names(project)).to.deep.equal(['dirty', 'done', 'fresh', 'wip'])
    expect(await project.pikoWell('prune', '--yes')).to.contain('✓ Destroyed done')
    expect(await names(project)).to.deep.equal(['dirty', 'fresh', 'wip'])
    expect(await project.git('branch', '--list', 'done')).to.contain('done')
    expect(existsSync(project.worktree('dirty'))).to.equal(true)
    expect(await project.pikoWell('prune', '--yes')).to.contain('✓ Nothing to remove')
  })

  it('deletes only branches whose content the default branch has', async () => {
    const project = await scenario.project({ files: {}, config: 'plugins: []\n' })
    for (const name of ['done', 'wip']) await work(project, name)
    await merge(project, 'done')
    await project.pikoWell('prune', '--yes', '--delete-branch', '--merged')
    expect(await project.git('branch', '--list', 'done')).to.equal('')
    expect(await project.git('branch', '--list', 'wip')).to.contain('wip')
  })

  it('finds environments by their last use, and refuses an unclear age', async () => {
    const project = await scenario.project({ files: {}, config: 'plugins: []\n' })
    const inside = await work(project, 'wip')
    await inside.run(
      'env',
      `GIT_COMMITTER_DATE=${yesterday}`,
      'git',
      'commit',
      '--quiet',
      '--amend',
      '--no-edit',
    )
    expect((await project.json<Pruned>('prune', '--older', '1h', '--dry-run')).remove).to.deep.equal([])
    age(project, 'wip')
    expect((await project.json<Pruned>('prune', '--older', '1h', '--dry-run')).remove).to.have.length(1)
    expect((await project.json<Pruned>('prune', '--older', '100w', '--dry-run')).remove).to.deep.equal([])
    await project.pikoWell('prune', '--older', '1h', '--yes', '--delete-branch')
    expect(await project.git('branch', '--list', 'wip')).to.contain('wip')
    const { exitCode, stderr } = await project.piko('prune', '--older', 'soon')
    expect(exitCode).to.equal(2)
    expect(stderr).to.contain('soon is not an age')
  })

  it('removes containers and data of a merged environment', async () => {
    const project = await scenario.project({ files: site })
    const before = await takeStock(project)
    const inside = await work(project, 'done')
    expect(inside.folder).to.be.a('string')
    await merge(project, 'done')
    const planned = await project.json<Pruned>('prune', '--dry-run')
    expect(planned.remove[0]?.bytes).to.be.greaterThan(0)
    await project.pikoWell('prune', '--yes', '--delete-branch')
    await expectStock(project, before, { but: ['worktrees'] })
    expect(await project.git('worktree', 'list')).to.not.contain('done')
  })
})

const yesterday = new Date(Date.now() - 86_400_000).toISOString()

/** Sets back everything that tells when an environment was last used. */
function age(project: ScratchProject, name: string): void {
  const state = openDatabase(join(project.root, '.piko/state.db'))
  state.prepare('UPDATE environments SET created_at = ? WHERE name = ?').run(yesterday, name)
  state.prepare('UPDATE journal SET changed_at = ? WHERE subject = ?').run(yesterday, `environment:${name}`)
  state.close()
  const index = join(project.root, '.git/worktrees', name, 'index')
  utimesSync(index, new Date(yesterday), new Date(yesterday))
}
