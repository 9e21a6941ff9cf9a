import type { ConfigSchema, SchemaIssue, SchemaResult } from '@piko/sdk'

/** The section `processes:` of `.piko.yml`, by name. */
export type Config = Readonly<Record<string, Process>>

export interface Process {
  /** A line for `sh`. */
  readonly command: string
  /** The port it would listen on by default. It gets a port of the environment in `PORT` instead. */
  readonly port?: number
  /** Restart it when it exits. */
  readonly restart: boolean
  readonly env: Readonly<Record<string, string>>
}

const fields: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  command: value => (typeof value === 'string' && value.trim() !== '' ? undefined : 'is not a command line'),
  port: value => (isPort(value) ? undefined : 'is not a port (1 to 65535)'),
  restart: value => (typeof value === 'boolean' ? undefined : 'is neither true nor false'),
  env: value => (isTexts(value) ? undefined : 'is not a map of names and texts'),
}

/** A handwritten Standard Schema (standardschema.dev), so that the plugin needs no library. */
export const section: ConfigSchema<Config> = {
  schema: { '~standard': { version: 1, vendor: 'piko-plugin-processes', validate } },
  jsonSchema: () => ({
    type: 'object',
    description: 'Programs that run on this machine in each environment, by name',
    propertyNames: { pattern: '^[a-z][a-z0-9-]*$' },
    additionalProperties: {
      type: 'object',
      required: ['command'],
      additionalProperties: false,
      properties: {
        command: { type: 'string', description: 'A line for `sh`; finds its port in `$PORT`' },
        port: {
          type: 'integer',
          minimum: 1,
          maximum: 65535,
          description: 'What it would listen on by itself',
        },
        restart: { type: 'boolean', default: false, description: 'Start it again when it ends' },
        env: {
          type: 'object',
          additionalProperties: { type: ['string', 'number', 'boolean'] },
          description: 'Further variables for it',
        },
      },
    },
  }),
}

function validate(value: unknown): SchemaResult<Config> {
  if (!isMap(value)) return { issues: [{ message: 'is not a map of processes' }] }
  const issues = Object.entries(value).flatMap(([name, process]) => issuesOf(name, process))
  return issues.length > 0 ? { issues } : { value: mapValues(value, toProcess) }
}

function issuesOf(name: string, process: unknown): readonly SchemaIssue[] {
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    return [
      { message: 'is not a valid process name: use lower-case letters, digits and dashes', path: [name] },
    ]
  if (!isMap(process)) return [{ message: 'is not a map with a `command`', path: [name] }]
  const missing = 'command' in process ? [] : [{ message: 'has no `command`', path: [name] }]
  const wrong = Object.entries(process).flatMap(([key, value]) => {
    const message = fields[key] ? fields[key](value) : 'is not a key of a process'
    return message === undefined ? [] : [{ message, path: [name, key] }]
  })
  return [...missing, ...wrong]
}

/** Only called if `issuesOf` has found nothing. */
function toProcess(value: unknown): Process {
  const { command, port, restart = false, env = {} } = value as Partial<Process> & { command: string }
  return { command, ...(port === undefined ? {} : { port }), restart, env: mapValues(env, String) }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535
}

function isTexts(value: unknown): boolean {
  return (
    isMap(value) && Object.values(value).every(text => ['string', 'number', 'boolean'].includes(typeof text))
  )
}

function mapValues<To>(
  map: Readonly<Record<string, unknown>>,
  to: (value: unknown) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, to(value)]))
}
