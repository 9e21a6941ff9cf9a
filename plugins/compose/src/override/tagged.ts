import type { Json } from '@piko/sdk'

/** A value that is written to the file with one of Compose's tags. */
export interface Tagged {
  readonly $tag: '!reset' | '!override'
  readonly $value: Json
}

export function isRecord(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asTagged(value: Json): Tagged | undefined {
  if (!isRecord(value)) return undefined
  const { $tag, $value } = value
  if ($tag !== '!reset' && $tag !== '!override') return undefined
  return { $tag, $value: $value ?? null }
}
