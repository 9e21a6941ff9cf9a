import type { Json } from '@piko/sdk'

/** Whether a value survives JSON unchanged: no undefined, class instances, cycles or NaN. */
export function isJson(value: unknown, above: readonly unknown[] = []): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || above.includes(value)) return false
  const inside = Array.isArray(value) ? value : isPlain(value) ? Object.values(value) : [undefined]
  return inside.every(entry => isJson(entry, [...above, value]))
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
