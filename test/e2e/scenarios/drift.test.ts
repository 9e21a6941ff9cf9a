import { expect } from 'chai'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from '../../sandbox/repository.js'
import { docker } from '../../support/engine.js'
import { useScenario } from '../../support/scenario.js'
import type { ScratchProject } from '../../support/scratch-project.js'

const small: Files = {
  'compose.yaml': `services:
  app:
    image: busybox:latest
    command: sleep 1000000
    stop_signal: SIGKILL
    volumes: ['data:/data']
volumes:
  data: {}
`,
}

const withoutEngine = { files: small, config: 'plugins: []\n' }

describe('doctor compares what is recorded', () => {
  const scenario = useScenario()

  const expectFound = async (project: ScratchProject, ...texts: readonly string[]) => {
    const { exitCode, stdout } = await project.piko('doctor')
    expect(exitCode, stdout).to.equal(3)
    for (const text of texts) expect(stdout).to.contain(text)
    return stdout
  }
  const expectSound = async (project: ScratchProject) => {
    const { exitCode, stdout } = await project.piko('doctor')
    expect(exitCode, stdout).to.equal(0)
  }

  it('with the engine: removed, paused and running containers, networks and volumes', async () => {
    const project = await scenario.project({ files: small })
    await project.pikoWell('create', 'one')
    await expectSound(project)
    const name = `piko-${project.mark}-one`
    docker('pause', `${name}-app-1`)
    await expectFound(
      project,
      `✗ The container ${name}-app-1 of one is paused`,
      `\`docker unpause ${name}-app-1\``,
    )
    expect(await project.pikoWell('status', 'one')).to.contain(
      `! The container ${name}-app-1 of one is paused`,
    )
    docker('rm', '--force', `${name}-app-1`)
    docker('network', 'rm', name)
    docker('volume', 'rm', `${name}-data`)
    await expectFound(
      project,
      `The container ${name}-app-1 of one is gone`,
      `The network ${name} of one is gone`,
      `The volume ${name}-data of one is gone, with its data`,
      'one is recorded as running, but none of its services runs',
      '`piko up one`',
    )
    expect(await project.pikoWell('status', 'one')).to.contain(`! The network ${name} of one is gone`)
    await project.pikoWell('up', 'one')
    await expectSound(project)
    await project.pikoWell('destroy', 'one', '--yes')
  })

  it('with the engine: what runs although it is recorded as stopped, which --fix records', async () => {
    const project = await scenario.project({ files: small })
    await project.pikoWell('create', 'one')
    docker('stop', `piko-${project.mark}-one-app-1`)
    await expectFound(project, 'one is recorded as running, but none of its services runs')
    expect((await project.piko('doctor', '--fix')).stdout).to.contain('✓ Recorded that one is stopped')
    docker('start', `piko-${project.mark}-one-app-1`)
    await expectFound(project, 'one is recorded as stopped, but 1 of its 1 services run')
    expect((await project.piko('doctor', '--fix')).stdout).to.contain('✓ Recorded that one is running')
    await expectSound(project)
    await project.pikoWell('destroy', 'one', '--yes')
  })

  it('with git: worktrees removed by hand or by git', async () => {
    const project = await scenario.project(withoutEngine)
    for (const name of ['one', 'two']) await project.pikoWell('create', name)
    rmSync(project.worktree('one'), { recursive: true })
    await project.git('worktree', 'remove', project.worktree('two'))
    const gone = (name: string) => `The worktree of ${name} is gone: ${project.worktree(name)}`
    await expectFound(project, gone('one'), gone('two'), '`piko up one`', '`piko destroy two`')
    expect(await project.pikoWell('status', 'one')).to.contain(`! ${gone('one')}`)
    await project.pikoWell('up', 'one')
    await project.pikoWell('destroy', 'two', '--yes')
    await expectSound(project)
    await project.pikoWell('destroy', 'one', '--yes')
  })

  it('with git: branches renamed, deleted or checked out elsewhere', async () => {
    const project = await scenario.project(withoutEngine)
    for (const name of ['one', 'two', 'three']) await project.pikoWell('create', name)
    await project.git('branch', '--move', 'one', 'uno')
    await project.at(project.worktree('two')).git('switch', '--quiet', '--create', 'other')
    await project.at(project.worktree('three')).git('switch', '--quiet', '--detach')
    await expectFound(
      project,
      'The branch one of one is gone, and its worktree is on uno',
      'The worktree of two is on the branch other, not on two',
      `\`git -C ${project.worktree('two')} switch two\``,
      'The worktree of three is on a detached HEAD, not on three',
    )
    const { stdout } = await project.piko('doctor', '--fix')
    expect(stdout).to.contain('✓ Recorded that one is on the branch uno, not one')
    expect(await project.pikoWell('status', 'one')).to.contain('branch    uno')
    for (const name of ['one', 'two', 'three']) await project.pikoWell('destroy', name, '--yes')
  })

  it('with git: a renamed worktree folder, which --fix follows', async () => {
    const project = await scenario.project(withoutEngine)
    await project.pikoWell('create', 'one')
    await project.git('worktree', 'move', project.worktree('one'), project.worktree('uno'))
    await expectFound(project, `was moved from ${project.worktree('one')} to ${project.worktree('uno')}`)
    await project.piko('doctor', '--fix')
    expect(await project.pikoWell('path', 'one')).to.equal(`${project.worktree('uno')}\n`)
    await expectSound(project)
    await project.pikoWell('destroy', 'one', '--yes')
  })

  it('with itself: leases, steps and files of what is not recorded', async () => {
    const project = await scenario.project(withoutEngine)
    await project.pikoWell('create', 'one')
    const sqlite = (sql: string) =>
      project.run(
        'python3',
        '-c',
        `import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);c.execute(sys.argv[2]);c.commit()`,
        join(project.root, '.piko/state.db'),
        sql,
      )
    expect((await sqlite("DELETE FROM environments WHERE name = 'one'")).exitCode).to.equal(0)
    writeFileSync(join(project.root, '.piko/locks/one.db.holder'), 'piko up one (pid 1)', { mode: 0o600 })
    mkdirSync(join(project.root, '.piko/environments/one'), { recursive: true, mode: 0o700 })
    await expectFound(
      project,
      'Steps of one are recorded (',
      'Ports and names are reserved for one, which is not recorded',
      '.piko/environments/one has files of one, which is not recorded',
      '`piko up one (pid 1)` was killed while it held a lock',
    )
    await project.piko('doctor', '--fix')
    const worktree = project.worktree('one')
    const left = await expectFound(project, `The worktree ${worktree} belongs to no environment`)
    expect(left).not.to.contain('one is not recorded').and.not.to.contain('was killed')
    await project.git('worktree', 'remove', worktree)
    await expectSound(project)
  })

  it('never forgets what has objects on the engine, nor an environment that destroy cannot remove', async () => {
    const project = await scenario.project({ files: small })
    await project.pikoWell('create', 'one')
    const name = `piko-${project.mark}-one`
    const sqlite = (sql: string) =>
      project.run(
        'python3',
        '-c',
        `import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);c.execute(sys.argv[2]);c.commit()`,
        join(project.root, '.piko/state.db'),
        sql,
      )
    await sqlite("UPDATE project SET id = 'another'")
    const { exitCode, stderr } = await project.piko('destroy', 'one', '--yes')
    expect(exitCode).to.equal(5)
    expect(stderr).to.contain(
      'one is still recorded, since one container, one network, one volume that it made still exist',
    )
    expect(stderr).to.contain(
      `docker rm --force ${name}-app-1 && docker network rm ${name} && docker volume rm ${name}-data`,
    )
    expect(project.engine().containers).to.deep.equal([`${name}-app-1`])
    const [id = ''] = [
      docker('inspect', '--format', '{{index .Config.Labels "dev.piko.id"}}', `${name}-app-1`),
    ]
    await sqlite(`UPDATE project SET id = '${id}'`)
    await sqlite("DELETE FROM environments WHERE name = 'one'")
    const stdout = await expectFound(
      project,
      'piko has no record of one, but its labels are on one container, one network, one volume',
    )
    expect(stdout).not.to.contain('Ports and names are reserved for one')
    expect(stdout).to.contain('`piko doctor --rebuild`')
  })
})
