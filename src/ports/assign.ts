import type { PortRequest } from '@piko/sdk'
import type { Block } from '../leases/blocks.js'

/** Host ports by key `service:port/protocol`. */
export type Ports = Readonly<Record<string, number>>

export interface Assignment {
  readonly requests: readonly PortRequest[]
  /** What was assigned before; kept as it is. */
  readonly assigned: Ports
  /** The environment's blocks, the first one first. */
  readonly blocks: readonly Block[]
  /** `port/protocol` that something else uses. */
  readonly taken: ReadonlySet<string>
  /** What the user asked for with `--port`, by key. */
  readonly pinned: Ports
}

export interface Assigned {
  readonly ports: Ports
  /** Requests that no block had room for. */
  readonly homeless: readonly PortRequest[]
}

export function portKey(request: Pick<PortRequest, 'service' | 'port' | 'protocol'>): string {
  return `${request.service}:${request.port}/${request.protocol}`
}

/**
 * Gives each request a host port: the pinned one, else `base + preferred mod size`, else the next free one of the block.
 * Pure, and the same for the same arguments whatever the order of the requests.
 */
export function assignPorts({ requests, assigned, blocks, taken, pinned }: Assignment): Assigned {
  const ports: Record<string, number> = { ...assigned }
  const homeless: PortRequest[] = []
  const used = new Set(taken)
  for (const [key, port] of Object.entries({ ...pinned, ...assigned })) used.add(`${port}/${protocolOf(key)}`)
  for (const request of inOrder(requests)) {
    const key = portKey(request)
    const port = ports[key] ?? pinned[key] ?? freePort(request, { blocks, used })
    if (port === undefined) homeless.push(request)
    else {
      ports[key] = port
      used.add(`${port}/${request.protocol}`)
    }
  }
  return { ports, homeless }
}

/** By service, port, protocol; by code unit, so that no locale changes it. */
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

/** The port that a request has in a block where nothing is taken. */
export function firstChoice(request: PortRequest, { base, size }: Block): number {
  return base + offsetIn(size, request)
}

function offsetIn(size: number, { preferred, port }: PortRequest): number {
  return (preferred ?? port) % size
}

function protocolOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}

/** Ports that browsers refuse to open (the Fetch standard's bad ports) and that a block may hold. */
const blockedByBrowsers: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
])
