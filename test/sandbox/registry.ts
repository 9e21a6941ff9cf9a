import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Context } from 'mocha'
import { until } from '../support/until.js'

/** A real npm registry on this machine, which holds what is published to it and proxies npm's for the rest. */
export interface Registry {
  readonly url: string
  /** Variables that make npm and piko use it. */
  readonly env: Readonly<Record<string, string>>
  /** Publishes the package in a folder. */
  publish(folder: string): void
  stop(): Promise<void>
}

/**
 * Starts a registry, with the SDK published unless told otherwise. If it is unavailable, skips the suite with a
 * message; with PIKO_REQUIRE_ENGINES=1 it fails.
 */
export async function startRegistry(
  context: Context,
  { hasSdk = true }: { readonly hasSdk?: boolean } = {},
): Promise<Registry> {
  const program = findVerdaccio(context)
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'piko-registry-')))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const env = clientEnvironment(folder, url)
  const config = join(folder, 'config.json')
  writeFileSync(config, JSON.stringify(configuration(folder)))
  const server = spawn(process.execPath, [program, '--config', config, '--listen', `127.0.0.1:${port}`], {
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise(done => server.once('exit', done))
  await until('the registry', () =>
    fetch(`${url}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  const publish = (root: string) => {
    const options = { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' } as const
    execFileSync('npm', ['publish', '--loglevel', 'error'], options)
  }
  if (hasSdk) publish(resolve('sdk'))
  return {
    url,
    env,
    publish,
    async stop() {
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findVerdaccio(context: Context): string {
  const { status, stdout } = spawnSync(resolve('test/bed/verdaccio.sh'), { encoding: 'utf8' })
  const folder = /ready \((.*), \d+s\)/.exec(stdout)?.[1]
  if (status === 0 && folder !== undefined) return join(folder, 'node_modules/verdaccio/bin/verdaccio')
  if (process.env['PIKO_REQUIRE_ENGINES'] === '1') throw new Error(`There is no registry: ${stdout}`)
  console.error(`    SKIPPED: no registry could be installed, so this suite proves nothing: ${stdout}`)
  return context.skip()
}

/** Any token works. The file is YAML, of which JSON is a subset. */
function configuration(folder: string): object {
  const own = { access: '$all', publish: '$all', unpublish: '$all' }
  const uplink = execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim()
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
    uplinks: { npm: { url: uplink, timeout: '60s' } },
    packages: { '@piko/*': own, 'piko*': own, '**': { access: '$all', proxy: 'npm' } },
    log: { type: 'stdout', format: 'pretty', level: 'error' },
  }
}

function clientEnvironment(folder: string, url: string): Readonly<Record<string, string>> {
  const userconfig = join(folder, 'npmrc')
  mkdirSync(join(folder, 'storage'))
  writeFileSync(userconfig, `${url.replace('http:', '')}:_authToken=any\n`)
  return {
    npm_config_userconfig: userconfig,
    npm_config_registry: url,
    npm_config_cache: join(folder, 'cache'),
    npm_config_update_notifier: 'false',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    PIKO_NPM_REGISTRY: url,
  }
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((found, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
