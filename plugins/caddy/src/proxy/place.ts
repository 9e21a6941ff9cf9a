import { createHash } from 'node:crypto'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'

/** The proxy's folder, in piko's machine-wide state. */
export function proxyFolder(): string {
  return join(stateDir(), 'proxy')
}

export function composeFile(): string {
  return join(proxyFolder(), 'compose.yaml')
}

/** Mounted in the container as `/piko`. */
export function siteFolder(): string {
  return join(proxyFolder(), 'site')
}

/** The Compose project. It has another name if the state is not in the default location, as in tests. */
export function proxyProject(): string {
  return isDefaultLocation() ? 'piko-proxy' : `piko-proxy-${folderHash()}`
}

/**
 * Sorts before all networks of environments: the engine publishes ports on a container's first network in alphabetical
 * order. Attaching an earlier one would move the ports and cut connections.
 */
export function proxyNetwork(): string {
  return isDefaultLocation() ? 'piko--proxy' : `piko--proxy-${folderHash()}`
}

/** The pairs of ports to try, in order. */
export function* portPairs(): Generator<{ readonly http: number; readonly https: number }> {
  if (isDefaultLocation()) {
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

function isDefaultLocation(): boolean {
  return stateDir() === join(accountHome(), '.local', 'state', 'piko')
}

/** The home folder of the account, whatever HOME says. A user id may have no account, as in many containers. */
function accountHome(): string {
  try {
    return userInfo().homedir
  } catch {
    return homedir()
  }
}

function folderHash(): string {
  return createHash('sha256').update(proxyFolder()).digest('hex').slice(0, 6)
}
