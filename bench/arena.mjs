// The sandbox of a bench run with its repositories, and its cleanup.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { hasEngine, removeLabelled } from '../build/test/sandbox/engine.js'
import { PIKO } from '../build/test/sandbox/piko.js'
import { makeRepository, writeFiles } from '../build/test/sandbox/repository.js'
import { makeSandbox, withoutUserSettings } from '../build/test/sandbox/sandbox.js'
import { time } from './time.mjs'

export function createArena(script = PIKO[1]) {
  const sandbox = makeSandbox('bench', withoutUserSettings())
  const { folder, env } = sandbox
  const repositories = []
  const run = (command, cwd = folder) => time(command, { cwd, env })
  return {
    folder,
    env,
    findEngine: () => hasEngine(env),
    run,
    /**
     * Creates a repository with one commit of `files`, by path. The name gets a suffix that is unique on the engine.
     */
    repository(name, files) {
      const root = join(folder, `${name}-${randomBytes(4).toString('hex')}`)
      writeFiles(root, files)
      makeRepository(root, env)
      repositories.push(root)
      return root
    },
    piko: words => [process.execPath, script, ...words],
    remove() {
      for (const root of repositories) removeRepository(root, env)
      sandbox.remove()
    },
  }
}

/** Removes what a broken run left: the raw side through Compose, piko's by label. */
function removeRepository(root, env) {
  spawnSync('docker', ['compose', '-p', rawProject(root), 'down', '--volumes'], {
    cwd: root,
    env,
    stdio: 'ignore',
  })
  removeLabelled(`dev.piko.project=${nameOf(root)}`, env)
}

/** The raw side's Compose project. */
export function rawProject(root) {
  return `raw-${nameOf(root)}`
}

function nameOf(root) {
  return root.slice(root.lastIndexOf('/') + 1)
}
