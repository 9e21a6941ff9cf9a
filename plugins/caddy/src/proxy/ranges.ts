import ipaddr from 'ipaddr.js'

const { IPv4 } = ipaddr

/** The first and last address of IPv4 subnets (`10.210.3.64/26`) as numbers. Other subnets are left out. */
export function rangesOf(subnets: readonly string[]): [number, number][] {
  return subnets
    .filter(subnet => IPv4.isValidCIDRFourPartDecimal(subnet))
    .map(subnet => [
      numberOf(IPv4.networkAddressFromCIDR(subnet)),
      numberOf(IPv4.broadcastAddressFromCIDR(subnet)),
    ])
}

function numberOf({ octets }: ipaddr.IPv4): number {
  return Buffer.from(octets).readUInt32BE()
}
