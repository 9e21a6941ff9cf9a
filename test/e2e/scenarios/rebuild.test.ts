import { expect } from 'chai'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { docker } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'

const files = {
  'compose.yaml': `services:
  app:
    image: busybox:latest
    command: sleep 1000000
    stop_signal: SIGKILL
    ports: ['8080:80']
    volumes: ['data:/data']
volumes:
  data: {}
`,
}

describe('doctor --rebuild', () => {
  const scenario = useScenario()

  for (const [how, isMachineLost] of [
    ['the state is damaged', false],
    ["the state and the machine's registry are damaged", true],
  ] as const)
    it(`records environments again if ${how} and there is no backup`, async () => {
      const project = await scenario.project({ files })
      await project.pikoWell('create', 'one')
      await project.pikoWell('create', 'feature/two', '--no-start')
      const [container = ''] = project.engine().containers
      docker('exec', container, 'sh', '-c', 'echo kept > /data/kept')
      project.at(project.worktree('one')).write('work.txt', 'of today\n')
      const before = { engine: project.engine(), env: await project.json<object>('env', 'one') }
      const machine = join(project.place.env['XDG_STATE_HOME'] ?? '', 'piko')
      for (const folder of [join(project.root, '.piko'), machine]) {
        rmSync(join(folder, 'backup'), { recursive: true, force: true })
      }
      const damaged = [
        join(project.root, '.piko/state.db'),
        ...(isMachineLost ? [join(machine, 'machine.db')] : []),
      ]
      for (const file of damaged) {
        for (const end of ['-wal', '-shm', '.before-migration']) rmSync(file + end, { force: true })
        writeFileSync(file, 'garbage '.repeat(1000))
      }
      const shown = await project.piko('doctor', '--rebuild')
      expect(shown.exitCode).to.equal(3)
      expect(shown.stdout)
        .to.contain(`Damaged: ${damaged[0]}`)
        .and.contain(
          `Found: one on the branch one, at ${project.worktree('one')}, with one container, one network, one volume`,
        )
        .and.contain('Found: feature-two on the branch feature/two')
        .and.contain('`piko doctor --rebuild --yes`')
      expect(project.engine()).to.deep.equal(before.engine)
      const { exitCode, stdout, stderr } = await project.piko('doctor', '--rebuild', '--yes')
      expect(exitCode, stdout + stderr).to.equal(0)
      expect(stdout).to.contain('✓ Recorded one again').and.contain('✓ Recorded feature-two again')
      expect(project.engine()).to.deep.equal(before.engine)
      expect(await project.json<object>('env', 'one')).to.include({
        PIKO_APP_PORT: (before.env as { PIKO_APP_PORT: string }).PIKO_APP_PORT,
      })
      expect(docker('exec', container, 'cat', '/data/kept')).to.equal('kept')
      expect(await project.pikoWell('status', 'one'))
        .to.contain('one (running)')
        .and.contain('1 file not committed')
      const doctor = await project.piko('doctor')
      expect(doctor.exitCode, doctor.stdout).to.equal(0)
      for (const name of ['one', 'feature-two']) await project.pikoWell('destroy', name, '--yes', '--force')
      const { containers, volumes } = project.engine()
      expect({ containers, volumes }).to.deep.equal({ containers: [], volumes: [] })
    })
})
