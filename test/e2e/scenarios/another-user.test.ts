import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from 'chai'
import { docker } from '../../support/engine.js'
import { addPackage, mounted } from '../../support/node-projects.js'
import { useScenario } from '../../support/scenario.js'

const uid = 12_345

/** The group that may use the engine besides root: that of its socket. */
const socketGroup = () => statSync('/var/run/docker.sock').gid

describe('an unprivileged user with containers that run as root', function () {
  this.timeout(600_000)
  const scenario = useScenario()

  it('destroys an environment with files that containers created as root in the worktree', async () => {
    const project = await scenario.project({ files: mounted })
    addPackage(join(project.root, 'node_modules'), 'pg')
    const isRoot = process.getuid?.() === 0
    if (isRoot) await project.run('chown', '-R', `${uid}:${uid}`, project.folder)
    const user = ['setpriv', `--reuid=${uid}`, `--regid=${socketGroup()}`, '--clear-groups']
    // Other users may not reach this checkout, for example below root's home: bind it into the project's folder.
    const checkout = join(project.folder, 'checkout')
    mkdirSync(checkout)
    const seen = [
      'unshare',
      '--mount',
      'sh',
      '-c',
      'mount --bind "$0" "$1" && shift && exec "$@"',
      resolve(),
      checkout,
    ]
    // This user may not read the folders of the tests' own user.
    // Nor has this user an account, like many in containers.
    const own = [
      '-u',
      'SHELL',
      `DOCKER_CONFIG=${join(project.folder, 'home/.docker')}`,
      'GIT_CONFIG_GLOBAL=/dev/null',
    ]
    const as = isRoot ? [...seen, ...user, 'env', ...own] : []
    const piko = (...words: readonly string[]) =>
      project.run(...as, process.execPath, join(isRoot ? checkout : resolve(), 'bin/run.js'), ...words)
    const created = await piko('create', 'a')
    expect(created.exitCode, created.stderr).to.equal(0)
    const [worktree, name] = [project.worktree('a'), `piko-${project.mark}-a-api-1`]
    docker(
      'exec',
      name,
      'sh',
      '-c',
      'mkdir -p node_modules/.cache/deep dist/assets && touch dist/assets/a node_modules/.cache/deep/b',
    )
    expect(statSync(join(worktree, 'node_modules/.cache')).uid).to.equal(0)
    expect(statSync(join(worktree, 'node_modules/pg')).uid).to.equal(isRoot ? uid : process.getuid?.())
    const destroyed = await piko('destroy', 'a', '--yes', '--force')
    expect(destroyed.stderr).to.not.contain('WORKTREE_FILES_FOREIGN')
    expect(destroyed.exitCode, destroyed.stderr).to.equal(0)
    expect(existsSync(worktree)).to.equal(false)
  })
})
