import { expect } from 'chai'
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { useScenario } from '../../support/scenario.js'

const commands = [
  ['create', 'other'],
  ['up'],
  ['down'],
  ['destroy', '--yes', '--force'],
  ['restart'],
  ['status'],
  ['path'],
  ['env'],
]

describe('a project that has environments', () => {
  const scenario = useScenario()
  const prepared = async () => {
    const project = await scenario.project({ config: 'plugins: []\n' })
    await project.pikoWell('create', 'one')
    project.at(project.worktree('one')).write('work.txt', 'of today\n')
    return project
  }
  const words = ([command = '', ...flags]: readonly string[]) =>
    command === 'create' ? [command, ...flags] : [command, 'one', ...flags]

  it('is refused by every command after a move, until it is moved back', async () => {
    const project = await prepared()
    const moved = join(project.folder, 'elsewhere')
    renameSync(project.root, moved)
    const there = project.at(moved)
    for (const command of commands) {
      const { exitCode, stderr } = await there.piko(...words(command))
      expect(exitCode, command.join(' ')).to.equal(5)
      expect(stderr).to.contain(`This project has moved here from ${project.root}`)
      expect(stderr).to.contain(`\`mv ${moved} ${project.root}\``)
    }
    expect(existsSync(project.root)).to.equal(false)
    expect(readFileSync(join(moved, '.piko/worktrees/one/work.txt'), 'utf8')).to.equal('of today\n')
    renameSync(moved, project.root)
    expect(await project.pikoWell('status', 'one')).to.contain('1 file not committed')
    await project.pikoWell('destroy', 'one', '--yes', '--force', '--delete-branch')
  })

  it('is refused in a copy, and the original is unchanged', async () => {
    const project = await prepared()
    const copy = join(project.folder, 'copy')
    cpSync(project.root, copy, { recursive: true, verbatimSymlinks: true })
    const there = project.at(copy)
    for (const command of commands) {
      const { exitCode, stderr } = await there.piko(...words(command))
      expect(exitCode, command.join(' ')).to.equal(5)
      expect(stderr).to.contain(`This folder is a copy of ${project.root}`)
    }
    expect(readFileSync(join(project.worktree('one'), 'work.txt'), 'utf8')).to.equal('of today\n')
    for (const end of ['', '-shm', '-wal']) rmSync(join(copy, `.piko/state.db${end}`), { force: true })
    expect(await there.pikoWell('list')).to.contain('No environments')
    await project.pikoWell('destroy', 'one', '--yes', '--force', '--delete-branch')
  })
})
