import * as z from 'zod'

const service = z.strictObject({
  per_environment: z
    .literal('database')
    .optional()
    .describe('Each environment gets a database (Postgres) or an index (Redis) of its own inside the server'),
  login: z
    .enum(['own', 'server'])
    .default('own')
    .describe(
      'How environments log in to their database: each as a user of its own, or all as the server’s superuser, which can read and change the data of every environment',
    ),
  kind: z
    .enum(['postgres', 'redis'])
    .optional()
    .describe('Kind of server (default: by the name of its image)'),
  template: z.string().min(1).optional().describe('Database or index that a new one is copied from'),
  databases: z.int().min(2).default(16).describe('Number of Redis indexes, as in its `databases` setting'),
})

const schema = z.strictObject({
  services: z
    .union([z.array(z.string().min(1)), z.record(z.string().min(1), service.nullable())])
    .default([])
    .transform(entries =>
      Array.isArray(entries)
        ? Object.fromEntries(entries.map(name => [name, service.parse({})]))
        : Object.fromEntries(
            Object.entries(entries).map(([name, spec]) => [name, spec ?? service.parse({})]),
          ),
    )
    .describe('Services that all environments share'),
  stop_when_unused: z
    .boolean()
    .default(false)
    .describe('Whether a shared service is stopped when its last environment is destroyed'),
})

/** The section `shared:` of `.piko.yml`. */
export type SharedConfig = z.output<typeof schema>
export type SharedService = z.output<typeof service>

export const config = {
  schema,
  jsonSchema: () => jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })),
}

const jsonSchema = z.record(z.string(), z.json())
