import * as z from 'zod'

const path = z.string().regex(/^\/[^?#\s]*$/, 'expected a path that begins with `/`')

const service = z.strictObject({
  port: z.int().min(1).max(65535).optional().describe('Port in the container (default: its only one)'),
  health: path.optional().describe('Path that answers with 2xx once the service is up'),
})

const schema = z.strictObject({
  domain: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'expected a domain in lower case, such as `localhost`')
    .default('localhost')
    .describe('Domain that host names of environments are below'),
  services: z
    .record(z.string().min(1), service)
    .optional()
    .describe(
      'Which Compose services have names; the first has the environment’s own. Default: those that look like it',
    ),
  media: z
    .record(path, z.string().min(1))
    .default({})
    .describe('Static files by path: a folder of the worktree (`./media`) or a volume of the Compose file'),
  image: z
    .string()
    .min(1)
    .default('caddy:2')
    .describe(
      'Image of Caddy that serves `caddy.media`; the proxy’s own is chosen by `piko proxy start --image`',
    ),
})

/** The section `caddy:` of `.piko.yml`. */
export type CaddyConfig = z.output<typeof schema>

export const config = {
  schema,
  jsonSchema: () => jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })),
}

const jsonSchema = z.record(z.string(), z.json())
