import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from 'mocha'
import { removeImagesOf } from '#test/support/engine.js'

/** The test's own registry on a free port of 127.0.0.1, which Docker uses without TLS. */
export interface Registry {
  /** `127.0.0.1:PORT`, the first part of an image's name. */
  readonly host: string
  tags(repository: string): Promise<readonly string[]>
  stop(): Promise<void>
}

export interface Login {
  readonly user: string
  readonly password: string
}

/**
 * Skips a suite, with a message, if Debian's docker-registry is not installed; with PIKO_REQUIRE_ENGINES=1 it fails.
 */
export function requireRegistry(this: Context): void {
  const isInstalled = ['docker-registry', 'htpasswd'].every(program => !spawnSync(program, ['--help']).error)
  if (isInstalled) return
  const how = 'there is no docker-registry or no htpasswd; to install them, run test/bed/tools.sh'
  if (process.env['PIKO_REQUIRE_ENGINES'] === '1') throw new Error(how)
  console.error(`    SKIPPED: ${how}`)
  this.skip()
}

/** Starts Debian's docker-registry, with basic authentication if a login is given. */
export async function startRegistry(login?: Login): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), 'piko-registry-'))
  const host = `127.0.0.1:${await freePort()}`
  const file = join(folder, 'config.yml')
  writeFileSync(file, configOf({ host, folder, login }))
  const child = spawn('docker-registry', ['serve', file], { stdio: 'ignore' })
  await untilAnswering(host, child)
  const headers = login ? { authorization: `Basic ${basic(login)}` } : {}
  return {
    host,
    async tags(repository) {
      const answer = await fetch(`http://${host}/v2/${repository}/tags/list`, { headers })
      return ((await answer.json()) as { tags?: readonly string[] }).tags ?? []
    },
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
      removeImagesOf(host)
    },
  }
}

/** Writes stored logins as `docker login` does, for use with the folder as DOCKER_CONFIG. */
export function storeLogin(folder: string, { host, login }: { host: string; login?: Login }): void {
  const auths = login ? { [host]: { auth: basic(login) } } : {}
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }))
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  server.close()
  await once(server, 'close')
  return port
}

function basic({ user, password }: Login): string {
  return Buffer.from(`${user}:${password}`).toString('base64')
}

function configOf(facts: { host: string; folder: string; login: Login | undefined }): string {
  const { host, folder, login } = facts
  const lines = [
    'version: 0.1',
    'log: { level: error, accesslog: { disabled: true } }',
    `storage: { filesystem: { rootdirectory: ${join(folder, 'data')} } }`,
    `http: { addr: '${host}' }`,
  ]
  if (!login) return lines.join('\n')
  const file = join(folder, 'htpasswd')
  writeFileSync(file, execFileSync('htpasswd', ['-Bbn', login.user, login.password], { encoding: 'utf8' }))
  return [...lines, `auth: { htpasswd: { realm: piko, path: ${file} } }`].join('\n')
}

async function untilAnswering(host: string, child: ChildProcess): Promise<void> {
  let failed: unknown
  child.once('error', error => (failed = error))
  for (let tries = 0; tries < 200; tries++) {
    if (failed !== undefined || child.exitCode !== null)
      throw new Error(`docker-registry did not start on ${host}; to install it, run test/bed/tools.sh`, {
        cause: failed,
      })
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined)
    if (answer) return
    await new Promise(done => setTimeout(done, 50))
  }
  throw new Error(`docker-registry does not answer on ${host}`)
}
