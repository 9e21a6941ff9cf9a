// `node bench/proxy.mjs [--requests N] [--environments N]`, after `npm run build`: sends requests to one environment
// over 16 keep-alive connections and a WebSocket while others are created and destroyed. Exits with 1 if a request
// fails or the WebSocket is closed.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { removeLabelled } from '../build/test/sandbox/engine.js'
import { readFiles } from '../build/test/sandbox/repository.js'
import { createArena } from './arena.mjs'
import { load, openSocket } from './proxy-client.mjs'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    environments: { type: 'string', default: '20' },
  },
})
const requests = Number(values.requests)
const environments = Number(values.environments)
const STABLE = 'stable'

const arena = createArena()
const env = { ...arena.env, PIKO_NO_TMUX: '1', PIKO_SUBNET_POOL: '10.204.0.0/16' }
const root = arena.repository('proxy', {
  ...readFiles(join(import.meta.dirname, '../plugins/caddy/test/fixtures/web-app')),
  'app/who': `${STABLE}\n`,
  '.piko.yml': 'plugins: [compose, caddy]\nports: { base: 27000, size: 20 }\n',
})

try {
  await piko('create', STABLE)
  const { http: port } = JSON.parse(await piko('proxy', 'status', '--json'))
  const host = `${STABLE}.localhost`
  const socket = await openSocket({ port, host })
  let gone = 0
  const isOver = sent => sent >= requests && gone === environments
  const isRight = text => JSON.parse(text).who === STABLE
  const started = performance.now()
  const loading = load({ port, host, connections: 16, isOver, isRight })
  for (let number = 1; number <= environments; number++) {
    await piko('create', `env-${number}`)
    await piko('destroy', `env-${number}`, '--yes')
    const echoed = await socket.echo(`after ${number}`)
    if (echoed !== `after ${number}`) throw new Error(`the WebSocket answers ${echoed}`)
    gone = number
  }
  const { sent, failed } = await loading
  const seconds = (performance.now() - started) / 1000
  console.log(`${sent} requests in ${seconds.toFixed(0)} s (${(sent / seconds).toFixed(0)}/s)`)
  console.log(`${environments} environments created and destroyed meanwhile`)
  console.log(`${failed.length} failed${failed.length > 0 ? `: ${[...new Set(failed)].join(', ')}` : ''}`)
  console.log(`the WebSocket is ${socket.isOpen() ? 'open' : 'CUT'}`)
  process.exitCode = failed.length === 0 && socket.isOpen() ? 0 : 1
  socket.close()
} finally {
  await piko('destroy', STABLE, '--yes', '--force').catch(error => console.error(error.message))
  await piko('proxy', 'stop').catch(error => console.error(error.message))
  // `proxy stop` keeps the certificate authority, but nothing trusts this one.
  removeLabelled(`dev.piko.root=${join(env.XDG_STATE_HOME, 'piko/proxy')}`, env)
  arena.remove()
}

/** Runs in parallel with the load, not in step with it. */
function piko(...words) {
  const [program, ...rest] = arena.piko(words)
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = ['', '']
    child.stdout.on('data', chunk => (said[0] += chunk))
    child.stderr.on('data', chunk => (said[1] += chunk))
    child.on('error', reject)
    child.on('close', code =>
      code === 0 ? resolve(said[0]) : reject(new Error(`piko ${words.join(' ')}: ${said.join('')}`)),
    )
  })
}
