// The throw-away folder of a bench run: a home of its own and the repositories, and the way to take all of it back.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { removeObjects } from '../scripts/demo/engine-objects.mjs'
import { time } from './time.mjs'

const PIKO = join(import.meta.dirname, '../bin/run.js')

export function createArena() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'piko-bench-'))
  const env = ownEnvironment(join(folder, 'home'))
  const repositories = []
  const run = (command, cwd = folder) => time(command, { cwd, env })
  return {
    folder,
    env,
    findEngine: () => spawnSync('docker', ['info'], { env, stdio: 'ignore' }).status === 0,
    run,
    /** Makes a repository with one commit: `files` by path. The name gets an ending that no other project on the engine has. */
    repository(name, files) {
      const root = join(folder, `${name}-${randomBytes(4).toString('hex')}`)
      mkdirSync(root)
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), text)
      }
      run(['git', 'init', '--quiet', '--initial-branch=main'], root)
      run(['git', 'add', '--all'], root)
      run(['git', 'commit', '--quiet', '--message=first'], root)
      repositories.push(root)
      return root
    },
    piko: words => [process.execPath, PIKO, ...words],
    async remove() {
      for (const root of repositories) await removeRepository(root, env)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a broken run left: the raw side by Compose, piko's by its label. */
async function removeRepository(root, env) {
  spawnSync('docker', ['compose', '-p', rawProject(root), 'down', '--volumes'], {
    cwd: root,
    env,
    stdio: 'ignore',
  })
  await removeObjects(nameOf(root), { cwd: root, env })
}

/** The name of the Compose project of the raw side. */
export function rawProject(root) {
  return `raw-${nameOf(root)}`
}

function nameOf(root) {
  return root.slice(root.lastIndexOf('/') + 1)
}

function ownEnvironment(home) {
  mkdirSync(home)
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PIKO|COMPOSE|GIT|XDG)_/.test(name))
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    DOCKER_CONFIG: process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'),
    GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
    GIT_AUTHOR_NAME: 'Bench',
    GIT_AUTHOR_EMAIL: 'bench@example.org',
    GIT_COMMITTER_NAME: 'Bench',
    GIT_COMMITTER_EMAIL: 'bench@example.org',
  }
}
