import { lookDocker, type Looking } from '@piko/plugin-compose/contract/engine'
import { proxyContainer } from './engine.js'

/**
 * The proxy's open connections to an address: requests, WebSockets, and idle ones for a second. Read from the kernel's
 * table in the proxy's network.
 */
export async function countConnections(
  context: Looking,
  { address, port }: { readonly address: string; readonly port: number },
): Promise<number> {
  const { stdout } = await lookDocker(context, ['exec', proxyContainer(), 'cat', '/proc/net/tcp'])
  return countIn(stdout, { address, port })
}

/** Pure: lines like `4: 0200D20A:A3F2 0300D20A:0050 01 …`: addresses in little-endian hex, 01 is ESTABLISHED. */
export function countIn(
  table: string,
  { address, port }: { readonly address: string; readonly port: number },
): number {
  const bytes = address.split('.').map(part => Number(part).toString(16).padStart(2, '0'))
  const remote = `${bytes.reverse().join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase()
  const rows = table.split('\n').map(line => line.trim().split(/\s+/))
  return rows.filter(([, , to, state]) => to === remote && state === '01').length
}
