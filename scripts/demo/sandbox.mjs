// The demo's repository in a sandbox, and the cleanup of both with everything that piko created in them.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeLabelled } from '../../build/test/sandbox/engine.js'
import { destroyEnvironments } from '../../build/test/sandbox/environments.js'
import { PIKO } from '../../build/test/sandbox/piko.js'
import { copyShop, repositoryCommands } from '../../build/test/sandbox/repository.js'
import { makeSandbox, withoutUserSettings } from '../../build/test/sandbox/sandbox.js'
import { say } from './narrate.mjs'
import { run } from './run.mjs'

// `project` is the folder's name, which is unique and so can be searched for. `command` runs piko, by default the one
// built here.
export function createSandbox({ command = PIKO } = {}) {
  const sandbox = makeSandbox('demo', withoutUserSettings())
  const project = `shop-${randomBytes(4).toString('hex')}`
  const demo = { project, command, repository: join(sandbox.folder, project), env: sandbox.env }
  return { ...demo, remove: () => removeAll(sandbox, demo) }
}

/** Creates the repository: the shop, with a developer's `.env` and, if given, another `.piko.yml`. */
export async function createRepository({ repository, env }, { configuration } = {}) {
  copyShop(repository)
  if (configuration !== undefined) writeFileSync(join(repository, '.piko.yml'), configuration)
  for (const command of repositoryCommands('The shop')) await run(command, { cwd: repository, env })
}

/** Runs piko in the repository, as a user would type it. */
export function piko({ repository, env, command }, ...words) {
  return run([...command, ...words], { cwd: repository, env, shown: ['piko', ...words] })
}

// Destroys the environments with piko, then removes by label whatever a broken piko left behind.
function removeAll(sandbox, { project, repository, env, command }) {
  for (const failure of destroyEnvironments({ root: repository, env, command }))
    say(`Not destroyed by piko, so its containers are removed by their labels: ${failure}`)
  removeLabelled(`dev.piko.project=${project}`, env)
  sandbox.remove()
}
