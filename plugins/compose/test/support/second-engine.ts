import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { numberOfOwn } from '#test/support/lanes.js'
import { until } from '#test/support/until.js'

/** A second Docker engine that shares only the kernel with the machine's own. */
export interface SecondEngine {
  /** In the format of DOCKER_HOST. */
  readonly host: string
  docker(...args: readonly string[]): string
  stop(): Promise<void>
}

/** Undefined if none can be started: that takes root and `dockerd` on the PATH. */
export async function startSecondEngine(): Promise<SecondEngine | undefined> {
  if (process.getuid?.() !== 0 || !has('dockerd') || !has('ip')) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'piko-engine-'))
  const host = `unix://${folder}/docker.sock`
  // Its own bridge: otherwise dockerd would take `docker0` from the machine's engine.
  const bridge = `pkt${randomBytes(4).toString('hex')}`
  run('ip', 'link', 'add', bridge, 'type', 'bridge')
  run('ip', 'addr', 'add', `10.209.${numberOfOwn('bridges', { from: 0, to: 255 })}.1/24`, 'dev', bridge)
  const log = openSync(join(folder, 'log'), 'w')
  const child = spawn(
    'dockerd',
    [
      ...['--host', host, '--data-root', `${folder}/data`, '--exec-root', `${folder}/exec`],
      ...['--pidfile', `${folder}/pid`, '--bridge', bridge, '--iptables=false', '--ip6tables=false'],
    ],
    { stdio: ['ignore', log, log], detached: true },
  )
  const ended = once(child, 'exit')
  const docker = (...args: readonly string[]) => run('docker', '-H', host, ...args)
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
    run('ip', 'link', 'del', bridge)
  }
  try {
    await until('the second engine', () => answers(docker), 30_000)
    execFileSync('sh', ['-c', `docker save busybox:latest | docker -H ${host} load`], { stdio: 'ignore' })
    return { host, docker, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function answers(docker: SecondEngine['docker']): boolean {
  try {
    docker('version')
    return true
  } catch {
    return false
  }
}

function has(program: string): boolean {
  try {
    run('which', program)
    return true
  } catch {
    return false
  }
}

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}
