import type { Json } from '@piko/sdk'
import { findNearest } from './nearest.js'
import type { JsonSchema } from './shape.js'

/** The types of JSON Schema: how to test a value for each, and its name in messages. */
const kinds: Readonly<Record<string, { readonly words: string; is(value: unknown): boolean }>> = {
  string: { words: 'text', is: value => typeof value === 'string' },
  number: { words: 'a number', is: value => typeof value === 'number' },
  integer: { words: 'a whole number', is: Number.isInteger },
  boolean: { words: '`true` or `false`', is: value => typeof value === 'boolean' },
  array: { words: 'a list', is: Array.isArray },
  object: { words: 'a mapping', is: isMapping },
  null: { words: 'nothing', is: value => value === null },
}

/** Whether a value has a type that the schema allows or, if the schema lists values, is one of them. */
export function fitsKind(schema: JsonSchema, value: unknown): boolean {
  const words = wordsOf(schema)
  if (words !== undefined) return words.some(word => word === value || typeof word === 'object')
  const names = kindsOf(schema)
  return names.length === 0 || names.some(name => kinds[name]?.is(value) ?? true)
}

/** Whether the constants that distinguish alternatives match this alternative. */
export function fitsConstants(schema: JsonSchema, value: unknown): boolean {
  const { properties } = schema
  if (!isMapping(value) || !isMapping(properties)) return true
  return Object.entries(properties).every(
    ([key, own]) =>
      !isMapping(own) || !('const' in own) || !Object.hasOwn(value, key) || own['const'] === value[key],
  )
}

export function expectedText(schemas: readonly JsonSchema[], value: unknown): string {
  const words = schemas.flatMap(schema => wordsOf(schema) ?? [])
  const names = new Set(schemas.filter(schema => wordsOf(schema) === undefined).flatMap(kindsOf))
  const expected = [
    ...words.map(word => `\`${typeof word === 'string' ? word : JSON.stringify(word)}\``),
    ...[...names].map(name => kinds[name]?.words ?? name),
  ]
  return expected.length === 0 ? 'nothing here' : expected.join(' or ') + adviceFor(value, { words, names })
}

export function foundText(value: unknown): string {
  if (value === undefined) return 'none'
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text \`${shortened(value)}\``
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'boolean') return `\`${value}\``
  return value === null ? 'nothing' : Array.isArray(value) ? 'a list' : 'a mapping'
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function adviceFor(value: unknown, facts: { words: readonly Json[]; names: ReadonlySet<string> }): string {
  const isBare = typeof value === 'number' || typeof value === 'boolean'
  if (isBare && facts.names.has('string')) return ' (in quotes)'
  const texts = facts.words.filter(word => typeof word === 'string')
  const nearest = typeof value === 'string' && texts.length > 1 ? findNearest(value, texts) : undefined
  return nearest === undefined ? '' : ` (the nearest is \`${nearest}\`)`
}

function wordsOf(schema: JsonSchema): readonly Json[] | undefined {
  if ('const' in schema && schema['const'] !== undefined) return [schema['const']]
  const words = schema['enum']
  return Array.isArray(words) ? words : undefined
}

function kindsOf(schema: JsonSchema): readonly string[] {
  const { type } = schema
  return (Array.isArray(type) ? type : [type]).filter(name => typeof name === 'string')
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= 40 ? line : `${line.slice(0, 37)}…`
}
