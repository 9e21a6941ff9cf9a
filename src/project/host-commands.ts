import { type Json, runsOnHost, accessLine } from '@piko/sdk'
import { type Path, pathText } from './problem.js'
import { alternatives, childSchema, type JsonSchema } from './shape.js'

interface Place {
  readonly value: unknown
  readonly path: Path
  readonly schema: Json | undefined
  readonly root: JsonSchema
}

/** The commands for this machine in a configuration, as lines such as `scripts.setup: npm ci`. */
export function hostCommands(value: unknown, schema: JsonSchema): readonly string[] {
  return commandsIn({ value, path: [], schema, root: schema })
}

function commandsIn({ value, path, schema, root }: Place): readonly string[] {
  const schemas = alternatives(schema, root)
  if (typeof value === 'string')
    return schemas.some(isMarked) ? [`${pathText(path)}: ${accessLine(value)}`] : []
  if (typeof value !== 'object' || value === null) return []
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : Object.entries(value)
  const found = entries.flatMap(([segment, child]) =>
    schemas.flatMap(one =>
      commandsIn({ value: child, path: [...path, segment], schema: childSchema(one, segment), root }),
    ),
  )
  return [...new Set(found)]
}

function isMarked(schema: JsonSchema): boolean {
  return Object.entries(runsOnHost).every(([key, mark]) => schema[key] === mark)
}
