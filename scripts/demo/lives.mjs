// The two demos: with an engine and, without one, with worktrees only.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listMountedVolumes, listObjects, removeVolumes } from './engine-objects.mjs'
import { say, showCommand, showOutput } from './narrate.mjs'
import { createRepository, piko } from './sandbox.mjs'
import { ask, holds, order } from './shop.mjs'

/**
 * create, list, env, requests, a second environment, down, up, destroy, and a check that nothing is left. Returns what
 * was shown.
 */
export async function liveWithContainers(sandbox) {
  say('A repository with a Compose application: nginx, a Node API and worker, PostgreSQL, Redis')
  await createRepository(sandbox)
  const auth = await bringUp(sandbox, 'feature-auth')
  await order(auth, 'tea for feature-auth')

  say('A second branch beside it, with its own ports and its own data')
  const cart = await bringUp(sandbox, 'feature-cart')
  await order(cart, 'soap for feature-cart')
  await showSeparation({ auth, cart })
  await showObjects(sandbox, { isExpected: names => names.length > 0, expected: 'something of each kind' })

  const volumes = await listMountedVolumes(sandbox.project, optionsOf(sandbox))

  say('Down and up again: the same port, and the order is still there')
  await piko(sandbox, 'down', 'feature-auth')
  await piko(sandbox, 'up', 'feature-auth')
  await ask(`${auth}/orders`, orders => holds(orders, 'tea for feature-auth'))

  await destroyBoth(sandbox)
  say('Nothing is left on the engine')
  await showObjects(sandbox, { isExpected: names => names.length === 0, expected: 'nothing' })
  await requireVolumesGone(sandbox, volumes)
  return 'two environments lived side by side, and nothing of them is left'
}

/** The part that works without Docker. Returns what was shown. */
export async function liveWithWorktrees(sandbox) {
  say('NO DOCKER ENGINE answers and none can be started here: only worktrees are shown, NO CONTAINERS')
  await createRepository(sandbox, { configuration: 'plugins: []\n' })
  for (const name of ['feature-auth', 'feature-cart']) {
    await piko(sandbox, 'create', name)
    await piko(sandbox, 'list')
    await piko(sandbox, 'env', name)
  }
  await destroyBoth(sandbox)
  return 'worktrees only, NO CONTAINERS, since there is no Docker engine'
}

/** Creates an environment and returns the address of its web service. */
async function bringUp(sandbox, name) {
  say(`An environment for the branch ${name}`)
  await piko(sandbox, 'create', name)
  await piko(sandbox, 'list')
  await piko(sandbox, 'env', name)
  const variables = JSON.parse(await piko(sandbox, 'env', name, '--json'))
  const port = variables.PIKO_WEB_PORT
  if (!port) throw new Error(`\`piko env ${name} --json\` has no PIKO_WEB_PORT`)
  const url = `http://127.0.0.1:${port}`
  say(`A request to ${name}: web → api → db`)
  await ask(url)
  return url
}

async function showSeparation({ auth, cart }) {
  say('Neither shop has the order of the other')
  if (auth === cart) throw new Error(`both environments answer on ${auth}`)
  const ofAuth = await ask(`${auth}/orders`)
  const ofCart = await ask(`${cart}/orders`)
  if (
    ofAuth.length !== 1 ||
    ofCart.length !== 1 ||
    holds(ofAuth, 'soap for feature-cart') ||
    holds(ofCart, 'tea for feature-auth')
  ) {
    throw new Error('an order of one environment is in the other')
  }
}

// The listing must find something while the environments exist. Otherwise, finding nothing afterwards would prove nothing.
async function showObjects(sandbox, { isExpected, expected }) {
  for (const { kind, command, names } of await listObjects(sandbox.project, optionsOf(sandbox))) {
    showCommand(command)
    showOutput(names.join('\n'))
    if (!isExpected(names))
      throw new Error(`${kind}: ${expected} was expected, found: ${names.join(', ') || 'none'}`)
  }
}

async function requireVolumesGone(sandbox, volumes) {
  const left = await removeVolumes(volumes, optionsOf(sandbox))
  if (left.length > 0) throw new Error(`anonymous volumes were left (removed now): ${left.join(', ')}`)
}

const optionsOf = ({ repository, env }) => ({ cwd: repository, env })

async function destroyBoth(sandbox) {
  say('Both are destroyed; the branches stay')
  for (const name of ['feature-auth', 'feature-cart']) {
    await piko(sandbox, 'destroy', name, '--yes')
    const worktree = join(sandbox.repository, '.piko/worktrees', name)
    if (existsSync(worktree)) throw new Error(`${worktree} is still there`)
  }
  await piko(sandbox, 'list')
}
