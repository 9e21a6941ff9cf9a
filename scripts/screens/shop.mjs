// examples/shop as a repository in a folder of its own, with piko on the PATH and a home that is thrown away.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

export function makeShop() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'piko-screens-')))
  const [root, home, programs] = ['shop', 'home', 'bin'].map(name => join(folder, name))
  const env = environment({ home, programs })
  cpSync(join(ROOT, 'examples/shop'), root, { recursive: true })
  cpSync(join(root, '.env.example'), join(root, '.env'))
  for (const path of [home, programs]) mkdirSync(path)
  const piko = join(programs, 'piko')
  writeFileSync(piko, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'bin/run.js')}' "$@"\n`)
  chmodSync(piko, 0o755)
  const run = (command, ...words) => execFileSync(command, words, { cwd: root, env, stdio: 'pipe' })
  run('git', 'init', '--quiet', '--initial-branch=main')
  run('git', 'add', '--all')
  run('git', 'commit', '--quiet', '--message', 'The shop')
  return {
    folder,
    root,
    env,
    dispose() {
      for (const name of environmentsIn(run)) run(piko, 'destroy', name, '--yes', '--force')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function environmentsIn(run) {
  const { environments } = JSON.parse(run('piko', 'list', '--json').toString())
  return environments.map(({ name }) => name)
}

function environment({ home, programs }) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(PIKO_|COMPOSE_|GIT_|TMUX|NO_COLOR|COLUMNS)/.test(name),
  )
  return {
    ...Object.fromEntries(kept),
    DOCKER_CONFIG: process.env.DOCKER_CONFIG ?? join(process.env.HOME ?? home, '.docker'),
    PATH: `${programs}:${process.env.PATH}`,
    HOME: home,
    ...Object.fromEntries(
      ['STATE', 'DATA', 'CONFIG', 'CACHE'].map(name => [`XDG_${name}_HOME`, join(home, name)]),
    ),
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  }
}
