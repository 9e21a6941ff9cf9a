import { expect } from 'chai'
import { copyFileSync, existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PIKO } from '../sandbox/piko.js'
import { useScenario } from '../support/scenario.js'
import type { ScratchProject } from '../support/scratch-project.js'

const garbage = 'not a database, but long enough to be taken for one: '.repeat(100)

describe('state that cannot be read', () => {
  const scenario = useScenario()
  const prepared = async () => {
    const project = await scenario.project({ config: 'plugins: []\n' })
    await project.pikoWell('create', 'one')
    await project.pikoWell('status', 'one') // the first command after a change that has something to back up
    const file = join(project.root, '.piko/state.db')
    return { project, file, machine: join(project.place.env['XDG_STATE_HOME'] ?? '', 'piko/machine.db') }
  }
  const doctor = async (project: ScratchProject, ...flags: readonly string[]) => {
    const { exitCode, stdout } = await project.piko('doctor', ...flags)
    return { exitCode, stdout }
  }

  for (const [how, damage] of [
    ['overwritten', (file: string) => writeFileSync(file, garbage)],
    ['truncated', (file: string) => truncateSync(file, 5000)],
  ] as const)
    it(`is restored from the newest sound backup if it was ${how}`, async () => {
      const { project, file } = await prepared()
      damage(file)
      writeFileSync(join(project.root, '.piko/backup/state.db.2999-01-01'), garbage, { mode: 0o600 })
      const found = await doctor(project)
      expect(found.exitCode).to.equal(3)
      expect(found.stdout)
        .to.contain(`The state in ${file} is damaged`)
        .and.contain('To restore the backup of')
      expect((await project.piko('list')).exitCode).not.to.equal(0)
      const fixed = await doctor(project, '--fix')
      expect(fixed.stdout).to.contain(`✓ Restored ${file} from the backup of`)
      expect(await project.pikoWell('list')).to.contain('one')
      expect(
        readdirSync(join(project.root, '.piko')).some(name => name.startsWith('state.db.broken-')),
      ).to.equal(true)
      await project.pikoWell('destroy', 'one', '--yes')
    })

  it('is named by doctor if there is no backup, and tools are checked even so', async () => {
    const { project, file } = await prepared()
    rmSync(join(project.root, '.piko/backup'), { recursive: true })
    rmSync(`${file}.before-migration`, { force: true })
    writeFileSync(file, garbage)
    const { exitCode, stdout } = await doctor(project)
    expect(exitCode).to.equal(3)
    expect(stdout).to.contain(`✗ The state in ${file} is damaged: file is not a database`)
    expect(stdout).to.contain('`piko doctor --rebuild`').and.contain('✓ Plugins: none')
  })

  it("is restored if the machine's registry is damaged", async () => {
    const { project, machine } = await prepared()
    writeFileSync(machine, garbage)
    expect((await doctor(project)).stdout).to.contain(`The state in ${machine} is damaged`)
    expect((await doctor(project, '--fix')).stdout).to.contain(`✓ Restored ${machine}`)
    await project.pikoWell('destroy', 'one', '--yes')
  })

  it("is brought back from git's folder if it was deleted", async () => {
    const { project, file } = await prepared()
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
    expect(await project.pikoWell('list')).to.contain('one')
    expect(existsSync(file)).to.equal(true)
    await project.pikoWell('destroy', 'one', '--yes')
  })

  it('is read by list, env, path and status if project and home are read-only', async function () {
    const { project, file } = await prepared()
    const readOnly = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    const piko = (...words: readonly string[]) =>
      project.run('unshare', '--mount', 'sh', '-c', readOnly, project.folder, ...PIKO, ...words)
    if ((await piko('--version')).exitCode !== 0) this.skip() // no user namespace here
    const expected = [project.worktree('one'), 'PIKO_BRANCH=one', 'one (running)'] as const
    for (const [words, text] of [
      [['list'], 'one'],
      [['list', '--live'], 'one'],
      [['path', 'one'], expected[0]],
      [['env', 'one'], expected[1]],
      [['status', 'one'], expected[2]],
    ] as const) {
      const { exitCode, stdout, stderr } = await piko(...words)
      expect(exitCode, stderr).to.equal(0)
      expect(stdout).to.contain(text)
    }
    const { exitCode, stdout } = await piko('doctor')
    expect(exitCode).to.equal(3)
    expect(stdout).to.contain(`The state in ${file} cannot be written to`).and.contain('✓ Plugins: none')
    await project.pikoWell('destroy', 'one', '--yes')
  })

  it('does not keep doctor from running if git tracks .piko', async () => {
    const { project, file } = await prepared()
    copyFileSync(file, join(project.root, '.piko/extra'))
    await project.git('add', '--force', '.piko/extra')
    const { exitCode, stdout } = await doctor(project)
    expect(exitCode).to.equal(3)
    expect(stdout).to.contain('git tracks .piko/extra').and.contain('✓ Plugins: none')
  })
})
