import type { Warning } from '@piko/sdk'
import type { Service } from '../contract.js'
import type { Finding } from './finding.js'

/** Namespaces that a service shares with the host. */
export const hostNamespaces: Finding = {
  stays:
    "`network_mode: host` (or the external network `host`), Docker's default bridge, `pid: host`, `ipc: host`, `uts: host`",
  because: 'the service asks for the machine itself, and every environment has the same machine',
  codes: ['COMPOSE_HOST_NETWORKING', 'COMPOSE_DEFAULT_BRIDGE', 'COMPOSE_HOST_NAMESPACE'],
  find: model =>
    Object.entries(model.services).flatMap(([name, service]) => [
      ...networking(name, service),
      ...namespaces(name, service),
    ]),
}

function networking(service: string, { networkMode = '' }: Service): readonly Warning[] {
  if (networkMode === 'host') {
    const message = `Service ${service} uses host networking: its ports are the host's own, and it cannot run in two environments at once`
    return [{ code: 'COMPOSE_HOST_NETWORKING', message, service }]
  }
  if (networkMode === '' || /^(none|service:.*|container:.*)$/.test(networkMode)) return []
  const which = networkMode === 'bridge' ? "Docker's default bridge" : `the network ${networkMode}`
  const message = `Service ${service} runs on ${which}: it shares that network with every environment, and no service is found by name`
  return [{ code: 'COMPOSE_DEFAULT_BRIDGE', message, service }]
}

const shared = { pid: 'processes', ipc: 'shared memory', uts: 'host name' } as const

function namespaces(service: string, { pid, ipc, uts }: Service): readonly Warning[] {
  return Object.entries({ pid, ipc, uts }).flatMap(([key, value]): readonly Warning[] => {
    if (value !== 'host') return []
    const what = shared[key as keyof typeof shared] // the keys of the object above
    const message = `Service ${service} has the machine's own ${what} (\`${key}: host\`), as in every environment`
    return [{ code: 'COMPOSE_HOST_NAMESPACE', message, service }]
  })
}
