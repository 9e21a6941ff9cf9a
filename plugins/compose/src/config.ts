import * as z from 'zod'

const schema = z.strictObject({
  dir: z.string().min(1).default('.').describe('Folder of the worktree that Compose runs in'),
  files: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Compose files, as with `-f`; relative to dir'),
  services: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Services that environments run, with their dependencies (default: all)'),
  profiles: z.array(z.string().min(1)).optional().describe('Active profiles, as with `--profile`'),
  bind: z
    .union([z.ipv4(), z.ipv6()])
    .default('127.0.0.1')
    .describe('Host address for ports without one in the Compose file'),
  env_file: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe('Files in place of .env, as with `--env-file`; relative to dir'),
  ready_after: z
    .number()
    .min(0)
    .default(5)
    .describe('Seconds that a service must run without a restart to be ready'),
})

/** The section `compose:` of `.piko.yml`. */
export type ComposeConfig = z.output<typeof schema>

export const config = {
  schema,
  jsonSchema: () => jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })),
}

const jsonSchema = z.record(z.string(), z.json())
