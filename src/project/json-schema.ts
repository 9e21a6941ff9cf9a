import type { ConfigSchema, Json, PluginName } from '@piko/sdk'
import { projectErrors } from '../errors/project.js'
import { isList, isSchema, type JsonSchema } from './shape.js'

/** A plugin's section of `.piko.yml`. */
export interface ConfigSection {
  /** The plugin's short name. */
  readonly name: PluginName
  readonly config: ConfigSchema<unknown>
}

/** The section's key in the file. */
export function keyOf({ name, config }: ConfigSection): string {
  return config.key ?? name
}

/**
 * One JSON Schema (draft 2020-12) for all of `.piko.yml`. If a plugin has the same name as one of core's keys, core's
 * key wins.
 */
export function mergedJsonSchema(
  core: ConfigSchema<unknown>,
  sections: readonly ConfigSection[],
): JsonSchema {
  const { properties, ...own } = core.jsonSchema()
  const byKey = [...sections].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const parts = byKey.map(section => [keyOf(section), sectionSchema(section)] as const)
  return {
    ...own,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: '.piko.yml',
    description: 'What piko does with this project',
    properties: { ...Object.fromEntries(parts), ...(isSchema(properties) ? properties : {}) },
  }
}

function sectionSchema(section: ConfigSection): JsonSchema {
  const { name, config } = section
  const schema = jsonSchemaOf(name, config)
  const { $schema: _draft, $id: _id, ...own } = schema
  const moved = withMovedRefs(own, `#/properties/${keyOf(section)}`)
  return { description: `The section of the plugin \`${name}\``, ...(isSchema(moved) ? moved : {}) }
}

function jsonSchemaOf(name: PluginName, config: ConfigSchema<unknown>): JsonSchema {
  try {
    return config.jsonSchema()
  } catch (error) {
    throw projectErrors.CONFIG_SCHEMA_BROKEN({ owner: name, cause: error })
  }
}

/** Rewrites references within the section's schema for its place in the merged schema. */
function withMovedRefs(schema: Json, base: string): Json {
  if (isList(schema)) return schema.map(part => withMovedRefs(part, base))
  if (!isSchema(schema)) return schema
  const entries = Object.entries(schema).map(([key, part]) => {
    const isReference = key === '$ref' && typeof part === 'string' && part.startsWith('#')
    return [key, isReference ? base + part.slice(1) : withMovedRefs(part, base)] as const
  })
  return Object.fromEntries(entries)
}
