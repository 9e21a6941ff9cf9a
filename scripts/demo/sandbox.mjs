// The temporary repository of the demo, its home, and the way to take both back with all that piko made in them.
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeObjects } from './engine-objects.mjs'
import { say } from './narrate.mjs'
import { finish, run } from './run.mjs'

export const ROOT = join(import.meta.dirname, '../..')
const BUILT = [process.execPath, join(ROOT, 'bin/run.js')]

// `project` is the folder's name, which no other demo and no user's project has: so it can be searched by. `command` is
// how piko is called: as it was built here, unless another is given.
export function createSandbox({ command = BUILT } = {}) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'piko-demo-'))
  const project = `shop-${randomBytes(4).toString('hex')}`
  const sandbox = { folder, project, command, repository: join(folder, project), env: ownEnvironment(folder) }
  mkdirSync(sandbox.env.HOME)
  return { ...sandbox, remove: () => removeSandbox(sandbox) }
}

// Neither the user's configuration nor an environment that the demo is started in may decide what is shown.
function ownEnvironment(folder) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PIKO|COMPOSE|GIT|XDG)_/.test(name))
  const home = join(folder, 'home')
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    DOCKER_CONFIG: process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'),
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_AUTHOR_NAME: 'Demo',
    GIT_AUTHOR_EMAIL: 'demo@example.org',
    GIT_COMMITTER_NAME: 'Demo',
    GIT_COMMITTER_EMAIL: 'demo@example.org',
  }
}

/** Makes the repository: the shop, with a developer's own `.env` and, if asked for, another `.piko.yml`. */
export async function createRepository({ repository, env }, { configuration } = {}) {
  cpSync(join(ROOT, 'examples/shop'), repository, { recursive: true })
  cpSync(join(repository, '.env.example'), join(repository, '.env'))
  if (configuration !== undefined) writeFileSync(join(repository, '.piko.yml'), configuration)
  const options = { cwd: repository, env }
  await run(['git', 'init', '--quiet', '--initial-branch', 'main'], options)
  await run(['git', 'add', '--all'], options)
  await run(['git', 'commit', '--quiet', '--message', 'The shop'], options)
}

/** Runs piko in the repository, as a user would type it. */
export function piko({ repository, env, command }, ...words) {
  return run([...command, ...words], { cwd: repository, env, shown: ['piko', ...words] })
}

// The environments first, by piko itself; then by label whatever a broken piko left behind.
async function removeSandbox({ folder, project, repository, env, command }) {
  for (const name of await remainingEnvironments({ repository, env })) {
    say(`Cleaning up: ${name} is still there`)
    const { code } = await finish([...command, 'destroy', name, '--yes', '--force'], {
      cwd: repository,
      env,
      stderr: 'inherit',
    })
    if (code !== 0)
      say(`\`piko destroy ${name}\` ended with ${code}; its containers are removed by their labels`)
  }
  await removeObjects(project, { cwd: folder, env })
  rmSync(folder, { recursive: true, force: true })
}

async function remainingEnvironments({ repository, env }) {
  const { code, stdout } = await finish(['git', 'worktree', 'list', '--porcelain'], { cwd: repository, env })
  if (code !== 0) return []
  const branches = stdout.match(/(?<=^branch refs\/heads\/).+$/gm) ?? []
  return branches.filter(branch => branch !== 'main')
}
