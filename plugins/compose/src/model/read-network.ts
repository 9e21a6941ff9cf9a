import type { AddressRange, Network } from '../contract.js'
import { present } from './present.js'
import type { RawProject } from './raw.js'
import type { Reading } from './reading.js'

type RawNetwork = RawProject['networks'][string]

export function readNetwork(raw: RawNetwork, key: string, { project, claim }: Reading): Network {
  const external = raw.external ?? false
  const { ipam } = raw
  return {
    external,
    name: raw.name,
    engineName: external ? raw.name : claim('network', key === 'default' ? project : `${project}-${key}`),
    ...present({ driver: raw.driver }),
    options: raw.driver_opts ?? {},
    labels: raw.labels ?? {},
    internal: raw.internal ?? false,
    attachable: raw.attachable ?? false,
    ipv4: raw.enable_ipv4 ?? true,
    ipv6: raw.enable_ipv6 ?? false,
    isLeased: !external && isVirtual(raw),
    ranges: (ipam?.config ?? []).map(readRange),
    ipam: { ...present({ driver: ipam?.driver }), options: ipam?.options ?? {} },
  }
}

type RawRange = NonNullable<NonNullable<RawNetwork['ipam']>['config']>[number]

function readRange({ subnet, gateway, ip_range: range, aux_addresses }: RawRange): AddressRange {
  return { ...present({ subnet, gateway, range }), reserved: aux_addresses ?? {} }
}

/** Whether the engine assigns its addresses. A macvlan, or another driver, uses those of the outside network. */
function isVirtual({ driver, ipam }: RawNetwork): boolean {
  const isBridge = driver === undefined || driver === 'bridge' || driver === 'default'
  return isBridge && (ipam?.driver === undefined || ipam.driver === 'default')
}
