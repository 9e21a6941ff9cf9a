import type { Json } from '@piko/sdk'

/** A JSON Schema, draft 7 or later, as plugins provide it. */
export type JsonSchema = Readonly<Record<string, Json>>

/** Chains of `$ref` and unions deeper than this, with no value between them, are treated as allowing anything. */
const maxDepth = 20

/** The schemas allowed at a place, one per alternative, with `$ref`, `anyOf`, `oneOf` and `allOf` resolved. */
export function alternatives(schema: Json | undefined, root: JsonSchema, depth = 0): readonly JsonSchema[] {
  if (schema === false) return []
  if (!isSchema(schema) || depth > maxDepth) return [{}]
  const { $ref, anyOf, oneOf, allOf, ...own } = schema
  const choices: readonly (Json | undefined)[] =
    typeof $ref === 'string' ? [refTarget($ref, root)] : asList(anyOf ?? oneOf)
  let found: readonly JsonSchema[] = [own]
  if (choices.length > 0)
    found = combine(
      found,
      choices.flatMap(choice => alternatives(choice, root, depth + 1)),
    )
  if (!isList(allOf)) return found
  return allOf.reduce<readonly JsonSchema[]>(
    (all, part) => combine(all, alternatives(part, root, depth + 1)),
    found,
  )
}

/** The schema for a key or list index. `false` if nothing is allowed, undefined if anything is. */
export function childSchema(schema: JsonSchema, segment: string | number): Json | undefined {
  if (typeof segment === 'number') {
    const { prefixItems, items } = schema
    const tuple = isList(prefixItems) ? prefixItems : isList(items) ? items : []
    return tuple[segment] ?? (isList(items) ? schema['additionalItems'] : items)
  }
  const named = ownSchema(schema['properties'], segment)
  if (named !== undefined) return named
  const patterns = isSchema(schema['patternProperties']) ? Object.entries(schema['patternProperties']) : []
  const matching = patterns.find(([pattern]) => new RegExp(pattern, 'u').test(segment))
  return matching?.[1] ?? schema['additionalProperties'] ?? schema['unevaluatedProperties']
}

/** The keys that a schema declares. */
export function namedKeys(schema: JsonSchema): readonly string[] {
  const { properties } = schema
  return isSchema(properties) ? Object.keys(properties).filter(key => properties[key] !== false) : []
}

export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !isList(value)
}

/** `Array.isArray` would narrow a read-only list to `any[]`. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function combine(left: readonly JsonSchema[], right: readonly JsonSchema[]): readonly JsonSchema[] {
  return left.flatMap(one => right.map(other => merged(one, other)))
}

function merged(one: JsonSchema, other: JsonSchema): JsonSchema {
  const properties = { ...asSchema(one['properties']), ...asSchema(other['properties']) }
  const required = [...asList(one['required']), ...asList(other['required'])]
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  }
}

function refTarget(ref: string, root: JsonSchema): Json | undefined {
  if (!ref.startsWith('#')) return undefined
  const segments = decodeURIComponent(ref.slice(1)).split('/').slice(1)
  return segments.reduce<Json | undefined>((schema, segment) => {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    return isList(schema) ? schema[Number(key)] : ownSchema(schema, key)
  }, root)
}

function ownSchema(schema: Json | undefined, key: string): Json | undefined {
  return isSchema(schema) && Object.hasOwn(schema, key) ? schema[key] : undefined
}

function asSchema(value: Json | undefined): JsonSchema {
  return isSchema(value) ? value : {}
}

function asList(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : []
}
