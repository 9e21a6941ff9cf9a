import { expect } from 'chai'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from '#test/sandbox/repository.js'
import { docker, dockerLines } from '#test/support/engine.js'
import { useScenario } from '#test/support/scenario.js'
import type { ScratchProject } from '#test/support/scratch-project.js'

const files: Files = {
  'compose.yaml': `services:
  app:
    image: busybox:latest
    command: sleep 100000
    init: true
    stop_grace_period: 1s
    volumes: ['data:/data', 'media:/media', 'cache:/cache']
volumes: { data: {}, media: {}, cache: {} }
`,
  '.gitignore': '.piko/\n',
}
const config = 'volumes: { copy: [data], shared: ["media:ro"] }\n'

describe('volumes of an environment', function () {
  const scenario = useScenario()

  /** The project with its main stack up and data in it. */
  async function projectWithData(): Promise<ScratchProject> {
    const project = await scenario.project({ files, config })
    await project.run('docker', 'compose', 'up', '-d')
    const main = `${project.mark}-app-1`
    docker(
      'exec',
      main,
      'sh',
      '-c',
      'echo rows > /data/table; echo picture > /media/one; echo warm > /cache/page',
    )
    return project
  }

  const inside = (project: ScratchProject, environment: string, script: string) =>
    project.run('docker', 'exec', `piko-${project.mark}-${environment}-app-1`, 'sh', '-c', script)

  it("get the main stack's data, share what is configured, and are removed with it; main keeps its own", async () => {
    const project = await projectWithData()
    const created = await project.piko('create', 'one')
    expect(created.exitCode, created.stderr).to.equal(0)
    expect(created.stderr).to.match(/Paused \S+-app-1 for [\d.]+ s/)
    expect((await inside(project, 'one', 'cat /data/table /media/one; ls /cache')).stdout).to.equal(
      'rows\npicture\n',
    )
    expect((await inside(project, 'one', 'echo mine > /media/two')).stderr).to.contain('Read-only')
    expect((await inside(project, 'one', 'echo changed > /data/table')).exitCode).to.equal(0)
    const listed = await project.json<{ volumes: { key: string; kind: string; copiedFrom?: string }[] }>(
      'volumes',
      'list',
      'one',
    )
    expect(listed.volumes.map(({ key, kind, copiedFrom }) => [key, kind, copiedFrom])).to.deep.equal([
      ['cache', 'own', undefined],
      ['data', 'own', `${project.mark}_data`],
      ['media', 'shared', undefined],
    ])
    const sizes = await project.json<{ volumes: { key: string; bytes: number }[] }>('volumes', 'size', 'one')
    expect(sizes.volumes.find(({ key }) => key === 'data')?.bytes).to.equal(8)

    await project.pikoWell('create', 'two', '--from-env', 'one', '--copy-volumes', '--verify')
    expect((await inside(project, 'two', 'cat /data/table; ls /cache')).stdout).to.equal('changed\n')
    for (const name of ['one', 'two']) await project.pikoWell('destroy', name, '--yes')
    const left = dockerLines('volume', 'ls', '-q', '--filter', `name=${project.mark}`)
    expect(left.toSorted()).to.deep.equal(['cache', 'data', 'media'].map(key => `${project.mark}_${key}`))
    expect(docker('exec', `${project.mark}-app-1`, 'cat', '/data/table', '/media/one')).to.equal(
      'rows\npicture',
    )
  })

  it('are backed up before destroy, kept if that fails or others use them, and restored elsewhere', async () => {
    const project = await projectWithData()
    await project.pikoWell('create', 'one')
    const backups = join(project.root, '.piko/backups')
    project.write('.piko/backups', 'a file where the folder should be\n')
    const failed = await project.piko('destroy', 'one', '--yes', '--backup')
    expect(failed.exitCode).to.equal(7)
    expect(failed.stderr).to.contain('compose:volumes was left with its data')
    expect(dockerLines('volume', 'ls', '-q')).to.include(`piko-${project.mark}-one-data`)
    await project.run('rm', backups)

    const cache = `piko-${project.mark}-one-cache`
    const stranger = `${project.mark}-stranger`
    docker(
      'run',
      '-d',
      '--name',
      stranger,
      '--network',
      'none',
      '-v',
      `${cache}:/v`,
      'busybox',
      'sleep',
      '100',
    )
    const destroyed = await project.piko('destroy', 'one', '--yes', '--backup')
    docker('rm', '-f', stranger)
    expect(destroyed.exitCode, destroyed.stderr).to.equal(7)
    const [file = ''] = readdirSync(backups)
    expect(destroyed.stderr).to.contain(join(backups, file)).and.to.contain(`docker volume rm ${cache}`)
    const left = dockerLines('volume', 'ls', '-q')
    expect(left).to.include(cache).and.not.to.include(`piko-${project.mark}-one-data`)
    expect(existsSync(join(backups, file))).to.equal(true)
    await project.pikoWell('destroy', 'one', '--yes')
    expect(dockerLines('volume', 'ls', '-q')).not.to.include(cache)

    await project.pikoWell('create', 'two')
    const busy = await project.piko('volumes', 'restore', 'two', join(backups, file), '--yes')
    expect([busy.exitCode, busy.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 5 && text.includes('piko down two'),
    )
    await inside(project, 'two', 'echo other > /data/table')
    await project.pikoWell('down', 'two')
    expect((await project.piko('volumes', 'restore', 'two', join(backups, file))).exitCode).to.equal(5)
    await project.pikoWell('volumes', 'restore', 'two', join(backups, file), '--yes')
    await project.pikoWell('up', 'two')
    expect((await inside(project, 'two', 'cat /data/table')).stdout).to.equal('rows\n')
  })
})
