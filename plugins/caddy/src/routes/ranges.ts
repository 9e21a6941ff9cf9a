/** First and last address of IPv4 subnets (`10.210.3.64/26`) as numbers; others are left out. */
export function rangesOf(subnets: readonly string[]): [number, number][] {
  return subnets.flatMap(subnet => {
    const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(subnet)
    if (!match) return []
    const [a = 0, b = 0, c = 0, d = 0, bits = 32] = match.slice(1).map(Number)
    const size = 2 ** (32 - bits)
    const address = ((a * 256 + b) * 256 + c) * 256 + d
    const first = address - (address % size)
    return [[first, first + size - 1]]
  })
}
