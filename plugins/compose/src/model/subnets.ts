import ipaddr from 'ipaddr.js'

const { IPv4 } = ipaddr

/** Whether two IPv4 ranges (`10.210.3.64/26`) overlap. An IPv6 range overlaps none. */
export function overlaps(one: string, other: string): boolean {
  if (![one, other].every(cidr => IPv4.isValidCIDRFourPartDecimal(cidr))) return false
  const [[first, bits], [second, otherBits]] = [IPv4.parseCIDR(one), IPv4.parseCIDR(other)]
  return first.match(second, Math.min(bits, otherBits))
}
