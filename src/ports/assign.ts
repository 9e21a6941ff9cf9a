import type { PortRequest } from '@piko/sdk'
import type { Block } from '../leases/blocks.js'

/** Host ports by key `service:port/protocol`. */
export type Ports = Readonly<Record<string, number>>

export interface Assignment {
  readonly requests: readonly PortRequest[]
  /** Earlier assignments, which are kept. */
  readonly assigned: Ports
  /** The environment's blocks in order. */
  readonly blocks: readonly Block[]
  /** `port/protocol` in use elsewhere. */
  readonly taken: ReadonlySet<string>
  /** Ports requested with `--port`, by key. */
  readonly pinned: Ports
}

export interface Assigned {
  readonly ports: Ports
  /** Requests that did not fit into any block. */
  readonly unplaced: readonly PortRequest[]
}

export function portKey(request: Pick<PortRequest, 'service' | 'port' | 'protocol'>): string {
  return `${request.service}:${request.port}/${request.protocol}`
}

/**
 * Assigns a host port to each request: the pinned one, else `base + preferred mod size`, else the next free one of the
 * block. Pure. The order of the requests does not matter.
 */
export function assignPorts({ requests, assigned, blocks, taken, pinned }: Assignment): Assigned {
  const ports: Record<string, number> = { ...assigned }
  const unplaced: PortRequest[] = []
  const used = new Set(taken)
  for (const [key, port] of Object.entries({ ...pinned, ...assigned })) used.add(`${port}/${protocolOf(key)}`)
  for (const request of inOrder(requests)) {
    const key = portKey(request)
    const port = ports[key] ?? pinned[key] ?? freePort(request, { blocks, used })
    if (port === undefined) unplaced.push(request)
    else {
      ports[key] = port
      used.add(`${port}/${request.protocol}`)
    }
  }
  return { ports, unplaced }
}

/** Sorts by service, port and protocol. Compares code units, so that the locale does not matter. */
function inOrder(requests: readonly PortRequest[]): readonly PortRequest[] {
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return [...requests].sort(
    (a, b) => byText(a.service, b.service) || a.port - b.port || byText(a.protocol, b.protocol),
  )
}

function freePort(
  request: PortRequest,
  { blocks, used }: { readonly blocks: readonly Block[]; readonly used: ReadonlySet<string> },
): number | undefined {
  for (const { base, size } of blocks) {
    const offset = offsetIn(size, request)
    for (let step = 0; step < size; step++) {
      const port = base + ((offset + step) % size)
      if (!used.has(`${port}/${request.protocol}`) && !blockedByBrowsers.has(port)) return port
    }
  }
  return undefined
}

/** The port that a request gets in a block if nothing is taken. */
export function firstChoice(request: PortRequest, { base, size }: Block): number {
  return base + offsetIn(size, request)
}

function offsetIn(size: number, { preferred, port }: PortRequest): number {
  return (preferred ?? port) % size
}

function protocolOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}

/** Ports that browsers refuse to open (the Fetch standard's bad ports), as far as a block may contain them. */
const blockedByBrowsers: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
])
