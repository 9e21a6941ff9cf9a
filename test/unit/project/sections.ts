import type { ConfigSchema, Json, StandardSchema } from '@piko/sdk'
import { z } from 'zod'
import { checkConfig, type CheckedConfig } from '#src/project/check-config.js'
import { parseConfig } from '#src/project/config-document.js'
import type { ConfigSection } from '#src/project/json-schema.js'
import { coreSchema } from '#src/project/schema.js'
import { failing } from './failing.js'

/** A section written with zod, as first-party plugins do. */
export function zodSection(name: string, schema: z.ZodType): ConfigSection {
  const jsonSchema = () => z.toJSONSchema(schema, { io: 'input' }) as { readonly [key: string]: Json }
  return { name, config: { schema, jsonSchema } }
}

/** A section without a library: only a function and a hand-written JSON Schema. */
export function handMade(
  name: string,
  {
    validate,
    jsonSchema,
  }: {
    validate: StandardSchema<unknown>['~standard']['validate']
    jsonSchema: ConfigSchema<unknown>['jsonSchema']
  },
): ConfigSection {
  return {
    name,
    config: { schema: { '~standard': { version: 1, vendor: 'by-hand', validate } }, jsonSchema },
  }
}

export const compose = zodSection(
  'compose',
  z.strictObject({
    dir: z.string().default('.'),
    files: z.array(z.string()).optional(),
    bind: z.ipv4().default('127.0.0.1'),
  }),
)

export const tmux = zodSection(
  'tmux',
  z.strictObject({
    windows: z.array(z.strictObject({ name: z.string(), command: z.string().optional() })).default([]),
    layout: z.enum(['tiled', 'even-horizontal', 'main-vertical']).optional(),
  }),
)

const knownPlugins = ['compose', 'tmux', 'bare'].map(name => ({
  name,
  package: `@piko/plugin-${name}`,
}))

export function check(
  text: string,
  sections: readonly ConfigSection[] = [compose, tmux],
): Promise<CheckedConfig> {
  const document = parseConfig(text, '.piko.yml')
  return checkConfig({ document, core: coreSchema, sections, knownPlugins })
}

/** The lines with the problems, without the file's name. */
export async function problemsIn(
  text: string,
  sections?: readonly ConfigSection[],
): Promise<readonly string[]> {
  const { code, details = [] } = await failing(() => check(text, sections))
  if (code !== 'CONFIG_INVALID') throw new Error(`expected CONFIG_INVALID, got ${code}`)
  return details.map(line => line.replace(/^\.piko\.yml:/, ''))
}
