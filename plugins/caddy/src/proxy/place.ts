import { createHash } from 'node:crypto'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'

/** Where the proxy of this machine keeps its files, in the machine-wide state of piko. */
export function proxyFolder(): string {
  return join(stateDir(), 'proxy')
}

export function composeFile(): string {
  return join(proxyFolder(), 'compose.yaml')
}

/** What the container sees as `/piko`. */
export function siteFolder(): string {
  return join(proxyFolder(), 'site')
}

/** The Compose project; one of its own where the state is not in the user's usual place, as in tests. */
export function proxyProject(): string {
  return isUsual() ? 'piko-proxy' : `piko-proxy-${folderHash()}`
}

/**
 * Before all networks of environments in the alphabet: the engine publishes ports on the first network of a container,
 * and would move them, cutting connections, when an earlier one is attached.
 */
export function proxyNetwork(): string {
  return isUsual() ? 'piko--proxy' : `piko--proxy-${folderHash()}`
}

/** The pairs of ports to try, in order. */
export function* portPairs(): Generator<{ readonly http: number; readonly https: number }> {
  if (isUsual()) {
    yield { http: 80, https: 443 }
    for (let more = 0; more < 100; more++) yield { http: 8080 + more, https: 8443 + more }
    return
  }
  const first = 20_000 + (parseInt(folderHash(), 16) % 5_000) * 2
  for (let more = 0; more < 200; more += 2) yield { http: first + more, https: first + more + 1 }
}

function stateDir(): string {
  return join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'piko')
}

function isUsual(): boolean {
  return stateDir() === join(userInfo().homedir, '.local', 'state', 'piko')
}

function folderHash(): string {
  return createHash('sha256').update(proxyFolder()).digest('hex').slice(0, 6)
}
