import { networkInterfaces } from 'node:os'
import { readFile } from 'node:fs/promises'
import type { Database } from '../state/open.js'
import { poolInvalid, subnetsExhausted } from './errors.js'
import type { Owner } from './owner.js'

/** An IPv4 range as numbers: the first address and the number of addresses. */
interface Range {
  readonly first: number
  readonly count: number
}

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
    if (!cidr) throw subnetsExhausted(pool)
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
  const range = parseCidr(pool)
  if (!range || range.count < 4 * subnetSize) throw poolInvalid(pool)
  const others = taken.map(parseCidr).filter(other => other !== undefined)
  for (let first = range.first; first < range.first + range.count; first += subnetSize) {
    const candidate = { first, count: subnetSize }
    if (!others.some(other => overlaps(candidate, other))) return `${formatAddress(first)}/26`
  }
  return undefined
}

function overlapsAny(subnet: string, others: readonly string[]): boolean {
  const range = parseCidr(subnet)
  return others
    .map(parseCidr)
    .some(other => range !== undefined && other !== undefined && overlaps(range, other))
}

function overlaps(one: Range, other: Range): boolean {
  return one.first < other.first + other.count && other.first < one.first + one.count
}

function parseCidr(cidr: string): Range | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr)
  const numbers = match?.slice(1).map(Number)
  if (!numbers || numbers.slice(0, 4).some(part => part > 255)) return undefined
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = numbers
  if (bits < 1 || bits > 32) return undefined // a default route overlaps everything
  const count = 2 ** (32 - bits)
  const address = ((a * 256 + b) * 256 + c) * 256 + d
  return { first: address - (address % count), count }
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')
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
  if (!destination || !mask || /^0+$/.test(mask)) return []
  const bytes = (hex: string) =>
    hex
      .match(/../g)
      ?.map(byte => Number.parseInt(byte, 16))
      .reverse() ?? []
  const bits = bytes(mask).reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
  return [`${bytes(destination).join('.')}/${bits}`]
}
