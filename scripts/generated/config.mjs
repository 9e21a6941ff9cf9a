// docs/reference/config.md and piko.schema.json, from the output of `piko config schema`.
import { execFileSync } from 'node:child_process'
import { PIKO } from '../../build/test/sandbox/piko.js'
import { makeSandbox } from '../../build/test/sandbox/sandbox.js'
import { code, page, table } from './markdown.mjs'
import { ROOT } from './packages.mjs'

/**
 * The schema of core and the first-party plugins. Uses a separate home, so that the user's plugins do not add to it.
 */
export function readSchema() {
  const sandbox = makeSandbox('generate')
  const [program, script] = PIKO
  try {
    const options = { cwd: ROOT, env: sandbox.env, encoding: 'utf8' }
    return JSON.parse(execFileSync(program, [script, 'config', 'schema'], options))
  } finally {
    sandbox.remove()
  }
}

export function schemaText(schema) {
  return `${JSON.stringify(schema, null, 2)}\n`
}

export function configPage(schema) {
  return page('.piko.yml', [
    'Every key of `.piko.yml`; the file and all of its keys are optional. The same as a JSON Schema, for editors: [piko.schema.json](piko.schema.json).',
    table(['key', 'type', 'default', 'meaning'], rowsOf(schema, '')),
  ])
}

function rowsOf(schema, prefix) {
  return Object.entries(schema.properties ?? {})
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, value]) => {
      const path = `${prefix}${key}`
      const text = String(JSON.stringify(value.default))
      const standard = ['undefined', '{}'].includes(text) ? '' : code(text)
      const row = [code(path), typeOf(value), standard, value.description ?? '']
      return [row, ...innerRows(value, path)]
    })
}

/** The keys of a map, and those of a list's entries. */
function innerRows(schema, path) {
  const maps = [schema, ...(schema.anyOf ?? [])]
  return maps.flatMap(map => [
    ...rowsOf(map, `${path}.`),
    ...(map.items ? innerRows(map.items, `${path}[]`) : []),
    ...(typeof map.additionalProperties === 'object' ? innerRows(map.additionalProperties, `${path}.*`) : []),
  ])
}

function typeOf(schema) {
  if (schema.enum) return schema.enum.map(value => code(JSON.stringify(value))).join(', ')
  if ('const' in schema) return code(JSON.stringify(schema.const))
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' or ')
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`
  if (schema.type === 'object') return 'map'
  return [schema.type ?? 'anything'].flat().join(' or ')
}
