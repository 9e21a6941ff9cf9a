import { expect } from 'chai'
import { cpSync, existsSync, readFileSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from '../../sandbox/repository.js'
import { docker, dockerLines } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'

/** A service with a bind mount, a volume and a port. */
const bound: Files = {
  'compose.yaml': `services:
  app:
    image: busybox:latest
    command: sleep 1000000
    stop_signal: SIGKILL
    ports: ['8080:80']
    volumes: ['./site:/site', 'data:/data']
volumes:
  data: {}
`,
  'site/index.html': 'hello from main\n',
}

const refused = [
  ['create', 'other'],
  ['down', 'one'],
  ['destroy', 'one', '--yes', '--force'],
  ['restart', 'one'],
  ['status', 'one'],
  ['path', 'one'],
  ['env', 'one'],
  ['list'],
]

describe('a moved project', () => {
  const scenario = useScenario()
  const prepared = async () => {
    const project = await scenario.project({ files: bound })
    await project.pikoWell('create', 'one')
    await project.pikoWell('create', 'two', '--no-start')
    const [container = ''] = project.engine().containers
    docker('exec', container, 'sh', '-c', 'echo kept > /data/kept')
    project.at(project.worktree('one')).write('work.txt', 'of today\n')
    return { project, container, moved: join(project.folder, 'elsewhere') }
  }
  const mountsOf = (container: string) =>
    dockerLines('inspect', '--format', '{{range .Mounts}}{{println .Source}}{{end}}', container)

  const expectArrived = async (there: ScratchProject, container: string) => {
    const root = there.place.cwd ?? ''
    expect(mountsOf(container)).to.include(join(root, '.piko/worktrees/one/site'))
    expect(docker('exec', container, 'cat', '/data/kept')).to.equal('kept')
    expect(await there.pikoWell('path', 'one')).to.equal(`${join(root, '.piko/worktrees/one')}\n`)
    expect(await there.pikoWell('status', 'one')).to.contain('1 file not committed')
    for (const name of ['one', 'two']) {
      const worktree = join(root, '.piko/worktrees', name)
      expect(await there.at(worktree).git('rev-parse', '--abbrev-ref', 'HEAD')).to.equal(name)
      const override = readFileSync(join(worktree, 'docker-compose.piko.yml'), 'utf8')
      expect(override).to.contain(root)
    }
  }

  const destroyAll = async (there: ScratchProject) => {
    for (const name of ['one', 'two']) await there.pikoWell('destroy', name, '--yes', '--force')
    const { containers, networks, volumes } = there.engine()
    expect({ containers, networks: networks.filter(name => name.includes('piko')), volumes }).to.deep.equal({
      containers: [],
      networks: [],
      volumes: [],
    })
  }

  it('is refused by commands that cannot repair it, which change nothing', async () => {
    const { project, moved } = await prepared()
    const before = project.engine()
    renameSync(project.root, moved)
    const there = project.at(moved)
    for (const words of refused) {
      const { exitCode, stderr } = await there.piko(...words)
      expect(exitCode, words.join(' ')).to.equal(5)
      expect(stderr).to.contain(`This project was moved here from ${project.root}`)
      expect(stderr).to.contain('`piko doctor --fix`')
    }
    const doctor = await there.piko('doctor')
    expect(doctor.exitCode).to.equal(3)
    expect(doctor.stdout).to.contain(`moved here from ${project.root}`)
    expect(project.engine()).to.deep.equal(before)
    expect(existsSync(project.root)).to.equal(false)
    renameSync(moved, project.root)
    expect(await project.pikoWell('status', 'one')).to.contain('1 file not committed')
    await destroyAll(project)
  })

  it('is repaired by doctor --fix, with its containers, data and uncommitted work', async () => {
    const { project, container, moved } = await prepared()
    renameSync(project.root, moved)
    const there = project.at(moved)
    const { stdout } = await there.piko('doctor', '--fix')
    expect(stdout).to.contain(`moved here from ${project.root}; carried over its 2 environments`)
    await expectArrived(there, container)
    expect(existsSync(project.root)).to.equal(false)
    await destroyAll(there)
  })

  it('is repaired by the next up, run in a worktree', async () => {
    const { project, container, moved } = await prepared()
    renameSync(project.root, moved)
    const there = project.at(moved)
    const { exitCode, stderr } = await project.at(join(moved, '.piko/worktrees/one')).piko('up')
    expect(exitCode, stderr).to.equal(0)
    expect(stderr).to.contain(`This project was moved here from ${project.root}`)
    await expectArrived(there, container)
    expect(existsSync(project.root)).to.equal(false)
    await destroyAll(there)
  })

  it('may have left a symbolic link behind, and may be entered through one', async () => {
    const { project, container, moved } = await prepared()
    renameSync(project.root, moved)
    symlinkSync(moved, project.root)
    const { stdout } = await project.at(project.root).piko('doctor', '--fix')
    expect(stdout).to.contain('carried over its 2 environments')
    await expectArrived(project.at(moved), container)
    await destroyAll(project.at(project.root))
  })

  it('keeps its leases when a new project takes its old folder', async () => {
    const { project, container, moved } = await prepared()
    const there = project.at(moved)
    const ports = await project.json<object>('env', 'one')
    renameSync(project.root, moved)
    await there.git('clone', '--quiet', moved, project.root)
    await project.pikoWell('create', 'one')
    expect(project.engine().containers).to.have.lengthOf(2)
    await there.piko('doctor', '--fix')
    await expectArrived(there, container)
    expect(await there.json<object>('env', 'one')).to.include({
      PIKO_APP_PORT: (ports as { PIKO_APP_PORT: string }).PIKO_APP_PORT,
    })
    await project.pikoWell('destroy', 'one', '--yes')
    expect(project.engine().containers).to.deep.equal([container])
    await destroyAll(there)
  })
})

describe('a renamed worktree folder', () => {
  const scenario = useScenario()
  for (const [how, move] of [
    ['mv', (from: string, to: string) => renameSync(from, to)],
    ['git worktree move', undefined],
  ] as const) {
    it(`is followed by up after ${how}, and destroy refuses to leave it behind`, async () => {
      const project = await scenario.project({ files: bound })
      await project.pikoWell('create', 'one')
      const [from, to] = [project.worktree('one'), project.worktree('renamed')]
      project.at(from).write('work.txt', 'of today\n')
      if (move) move(from, to)
      else await project.git('worktree', 'move', from, to)
      const { exitCode, stderr } = await project.piko('destroy', 'one', '--yes', '--force')
      expect(exitCode).to.equal(5)
      expect(stderr).to.contain(`The worktree ${from} is at ${to} now`)
      expect((await project.at(to).piko('up')).stderr).to.contain(`moved from ${from} to ${to}`)
      expect(await project.pikoWell('status', 'one')).to.contain('1 file not committed')
      const [container = ''] = project.engine().containers
      expect(docker('inspect', '--format', '{{json .Mounts}}', container)).to.contain(join(to, 'site'))
      expect(existsSync(from)).to.equal(false)
      await project.pikoWell('destroy', 'one', '--yes', '--force')
      expect(existsSync(to)).to.equal(false)
    })
  }
})

describe('a copied project', () => {
  const scenario = useScenario()
  const prepared = async () => {
    const project = await scenario.project({ files: bound })
    await project.pikoWell('create', 'one')
    project.at(project.worktree('one')).write('work.txt', 'of today\n')
    const copy = join(project.folder, `${project.mark}-copy`)
    cpSync(project.root, copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    return { project, copy }
  }

  it('is refused, in its worktrees too, and the original is unchanged', async () => {
    const { project, copy } = await prepared()
    const before = project.engine()
    for (const folder of [copy, join(copy, '.piko/worktrees/one')])
      for (const words of refused) {
        const { exitCode, stderr } = await project.at(folder).piko(...words)
        expect(exitCode, words.join(' ')).to.equal(5)
        expect(stderr).to.contain(`This folder is a copy of ${project.root}`)
      }
    expect(project.engine()).to.deep.equal(before)
    expect(readFileSync(join(project.worktree('one'), 'work.txt'), 'utf8')).to.equal('of today\n')
  })

  it('gets environments of its own from doctor --fix, and never touches those of the original', async () => {
    const { project, copy } = await prepared()
    const before = project.engine()
    const there = project.at(copy)
    const { stdout } = await there.piko('doctor', '--fix')
    expect(stdout).to.contain(`This folder is a copy of ${project.root}`)
    expect(project.engine()).to.deep.equal(before)
    await there.pikoWell('up', 'one')
    expect(project.engine().containers).to.have.lengthOf(2)
    const [ours, theirs] = [await project.json<object>('env', 'one'), await there.json<object>('env', 'one')]
    expect(theirs).not.to.deep.equal(ours)
    expect(await there.at(join(copy, '.piko/worktrees/one')).git('rev-parse', '--git-common-dir')).to.equal(
      join(copy, '.git'),
    )
    await there.pikoWell('destroy', 'one', '--yes', '--force', '--delete-branch')
    expect(project.engine()).to.deep.equal(before)
    expect(readFileSync(join(project.worktree('one'), 'work.txt'), 'utf8')).to.equal('of today\n')
    expect(await project.pikoWell('status', 'one')).to.contain('1 file not committed')
    await project.pikoWell('destroy', 'one', '--yes', '--force')
  })
})
