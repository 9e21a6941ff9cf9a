/** Whether two IPv4 ranges (`10.210.3.64/26`) have an address in common. An IPv6 range overlaps none. */
export function overlaps(one: string, other: string): boolean {
  const [left, right] = [rangeOf(one), rangeOf(other)]
  if (!left || !right) return false
  return left.first <= right.last && right.first <= left.last
}

function rangeOf(subnet: string): { readonly first: number; readonly last: number } | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(subnet)
  if (!match) return undefined
  const [a = 0, b = 0, c = 0, d = 0, bits = 32] = match.slice(1).map(Number)
  const size = 2 ** (32 - bits)
  const address = ((a * 256 + b) * 256 + c) * 256 + d
  const first = address - (address % size)
  return { first, last: first + size - 1 }
}
