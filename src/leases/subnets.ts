import ipaddr from 'ipaddr.js'
import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { leaseErrors } from '../errors/leases.js'
import type { Database } from '../state/open.js'
import type { Owner } from './owner.js'

const { IPv4 } = ipaddr

/** The first and the last address, as numbers. */
type Range = readonly [first: number, last: number]

const subnetSize = 64 // a /26: room for 61 containers

/** Leases a /26 from piko's pool; see `Changes.leaseSubnet` of the SDK. */
export async function leaseSubnet(
  machine: Database,
  lease: { readonly key: string; readonly owner: Owner; readonly avoid?: readonly string[] },
): Promise<string> {
  const pool = process.env['PIKO_SUBNET_POOL'] || '10.210.0.0/16'
  const inUse = await readRoutes()
  const work = machine.transaction(() => {
    const { project, subject } = lease.owner
    const known = machine
      .prepare('SELECT cidr FROM subnets WHERE project = ? AND owner = ? AND key = ?')
      .pluck()
      .get(project, subject, lease.key)
    const avoid = lease.avoid ?? []
    if (typeof known === 'string' && !overlapsAny(known, avoid)) return known
    const leased = machine.prepare('SELECT cidr FROM subnets').pluck().all() as string[]
    const cidr = chooseSubnet(pool, [...leased, ...inUse, ...avoid])
    if (!cidr) throw leaseErrors.SUBNETS_EXHAUSTED({ pool })
    if (typeof known === 'string') machine.prepare('DELETE FROM subnets WHERE cidr = ?').run(known)
    machine
      .prepare('INSERT INTO subnets (cidr, project, owner, key) VALUES (?, ?, ?, ?)')
      .run(cidr, project, subject, lease.key)
    return cidr
  })
  return work.immediate()
}

/** Pure: the lowest /26 of the pool that overlaps none of `taken`. */
export function chooseSubnet(pool: string, taken: readonly string[]): string | undefined {
  const [range] = rangesOf([pool])
  if (!range || range[1] - range[0] + 1 < 4 * subnetSize) throw leaseErrors.SUBNETS_POOL_INVALID({ pool })
  const others = rangesOf(taken)
  for (let first = range[0]; first < range[1]; first += subnetSize) {
    const candidate: Range = [first, first + subnetSize - 1]
    if (!others.some(other => overlaps(candidate, other))) return `${addressText(first)}/26`
  }
  return undefined
}

function overlapsAny(subnet: string, others: readonly string[]): boolean {
  return rangesOf([subnet]).some(range => rangesOf(others).some(other => overlaps(range, other)))
}

function overlaps(one: Range, other: Range): boolean {
  return one[0] <= other[1] && other[0] <= one[1]
}

/** Skips anything but IPv4 ranges, and default routes, which overlap everything. */
function rangesOf(cidrs: readonly string[]): readonly Range[] {
  return cidrs
    .filter(cidr => IPv4.isValidCIDRFourPartDecimal(cidr) && !cidr.endsWith('/0'))
    .map(cidr => [numberOf(IPv4.networkAddressFromCIDR(cidr)), numberOf(IPv4.broadcastAddressFromCIDR(cidr))])
}

function numberOf({ octets }: ipaddr.IPv4): number {
  return Buffer.from(octets).readUInt32BE()
}

function addressText(number: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return bytes.join('.')
}

/** Subnets that this machine's interfaces are in or that it routes to. They include every network of a local engine. */
async function readRoutes(): Promise<readonly string[]> {
  const interfaces = Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .flatMap(address => (address.family === 'IPv4' && address.cidr ? [address.cidr] : []))
  const table = await readFile('/proc/net/route', 'utf8').catch(() => '') // Linux only; elsewhere interfaces suffice
  const routes = table
    .split('\n')
    .slice(1)
    .map(line => line.split('\t'))
  return [...interfaces, ...routes.flatMap(([, destination, , , , , , mask]) => routeCidr(destination, mask))]
}

/** The kernel prints both as little-endian hexadecimal. */
function routeCidr(destination: string | undefined, mask: string | undefined): readonly string[] {
  if (!destination || !mask) return []
  const [address, bits] = [destination, mask].map(hex => new IPv4([...Buffer.from(hex, 'hex').reverse()]))
  return [`${address?.toString()}/${bits?.prefixLengthFromSubnetMask()}`]
}
