import type { Json } from '@piko/sdk'
import { expectedText, fitsConstants, fitsKind, foundText, isMapping } from './kind.js'
import { nearestText } from './nearest.js'
import type { Path, Problem } from './problem.js'
import { alternatives, childSchema, namedKeys, type JsonSchema } from './shape.js'

/** A value in a document, and the schema for it. `root` resolves references. */
export interface ValueWithSchema {
  readonly value: unknown
  readonly path: Path
  readonly schema: Json | undefined
  readonly root: JsonSchema
}

/** Every key that no alternative of the schema allows, whichever library the schema comes from. */
export function unknownKeys(place: ValueWithSchema): readonly Problem[] {
  return fewestProblems(fitting(place), schema => [
    ...forbiddenKeys(place, schema),
    ...childrenOf(place, schema).flatMap(unknownKeys),
  ])
}

/** Values of the wrong type and missing keys. Unknown keys are reported by `unknownKeys`. */
export function wrongKinds(place: ValueWithSchema): readonly Problem[] {
  const schemas = fitting(place)
  if (schemas.length === 0) return [wrongKind(place)]
  return fewestProblems(schemas, schema => [
    ...missingKeys(place, schema),
    ...childrenOf(place, schema).flatMap(wrongKinds),
  ])
}

/** The place at `path` below `place`, keeping all alternatives of its schema. */
export function placeAt(place: ValueWithSchema, path: Path): ValueWithSchema {
  return path.reduce((at, segment) => childPlace(at, segment, { anyOf: childSchemas(at, segment) }), place)
}

function childSchemas(place: ValueWithSchema, segment: string | number): readonly Json[] {
  const schemas = fitting(place).map(schema => childSchema(schema, segment) ?? true)
  return schemas.length > 0 ? schemas : [true]
}

function childrenOf(place: ValueWithSchema, schema: JsonSchema): readonly ValueWithSchema[] {
  return segmentsOf(place.value).flatMap(segment => {
    const child = childSchema(schema, segment)
    return child === false ? [] : [childPlace(place, segment, child)]
  })
}

function childPlace(
  { value, path, root }: ValueWithSchema,
  segment: string | number,
  schema: Json | undefined,
): ValueWithSchema {
  const child = isMapping(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
  return {
    value: Array.isArray(value) ? value[Number(segment)] : child,
    path: [...path, segment],
    schema,
    root,
  }
}

function segmentsOf(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return [...value.keys()]
  return isMapping(value) ? Object.keys(value) : []
}

/** The alternatives that the value is probably meant for: those of its type and, if any match, with its constants. */
function fitting({ value, schema, root }: ValueWithSchema): readonly JsonSchema[] {
  const ofKind = alternatives(schema, root).filter(one => fitsKind(one, value))
  const matching = ofKind.filter(one => fitsConstants(one, value))
  return matching.length > 0 ? matching : ofKind
}

function forbiddenKeys({ value, path }: ValueWithSchema, schema: JsonSchema): readonly Problem[] {
  const keys = isMapping(value) ? Object.keys(value) : []
  const unknown = keys.filter(key => childSchema(schema, key) === false)
  return unknown.map(key => ({
    path: [...path, key],
    message: `unknown key \`${key}\`; ${nearestText(key, namedKeys(schema))}`,
  }))
}

function missingKeys({ value, path }: ValueWithSchema, schema: JsonSchema): readonly Problem[] {
  const required = isMapping(value) && Array.isArray(schema['required']) ? schema['required'] : []
  const missing = required
    .filter(key => typeof key === 'string')
    .filter(key => !Object.hasOwn(value as object, key))
  return missing.map(key => ({ path: [...path, key], message: 'is missing' }))
}

function wrongKind({ value, path, schema, root }: ValueWithSchema): Problem {
  const expected = expectedText(alternatives(schema, root), value)
  return { path, message: `expected ${expected}, found ${foundText(value)}` }
}

function fewestProblems(
  schemas: readonly JsonSchema[],
  find: (schema: JsonSchema) => readonly Problem[],
): readonly Problem[] {
  const results = schemas.map(find).sort((one, other) => one.length - other.length)
  return results[0] ?? []
}
