import * as z from 'zod'

const text = z.string().min(1)

const notify = z
  .strictObject({
    command: text.optional().describe('Command that gets the deploy as JSON on stdin, run by `sh`'),
    webhook: z.url().optional().describe('URL that gets the deploy as a JSON body'),
    sign_with: text
      .optional()
      .describe('Secret of the stage whose value signs the body (X-Piko-Signature: HMAC-SHA256 in hex)'),
  })
  .refine(({ command, webhook }) => command !== undefined || webhook !== undefined, {
    message: 'expected `command` or `webhook`',
  })

const stage = z.strictObject({
  service: text.describe('Service of the Compose files that runs the image'),
  image: text.describe('Image, without a tag'),
  tag: text.optional().describe('Tag to deploy and watch: a tag, a semver range or a glob'),
  services: z.array(text).min(1).optional().describe('Services that it runs (default: all)'),
  environment: z.record(text, z.string()).optional().describe('Variables of its containers'),
  secrets: z.array(text).optional().describe('Variables that `piko secrets set` must have set'),
  volumes: z.array(text).optional().describe('Volumes of its service, as `name:/path`'),
  port: z.int().min(1).max(65_535).optional().describe('Port in the container that gets requests'),
  host: text.optional().describe('Host name (default: STAGE.localhost)'),
  health: z.string().startsWith('/').optional().describe('Path that answers with 2xx once it is up'),
  release: text.optional().describe('Command to run once in each new image'),
  engine: text.optional().describe('Docker context that it runs on (default: the current one)'),
  auto: z.boolean().optional().describe('Let `piko deploy watch` deploy new images'),
  notify: notify.optional().describe('Whom to tell how a deploy has ended'),
})

const schema = z.record(
  z
    .string()
    .regex(/^(?!(logs|watch)$)[a-z][a-z0-9-]{0,39}$/, 'expected lower-case letters, digits and dashes'),
  stage,
)

/** The section `stages:` of `.piko.yml`, by name. */
export type DeployConfig = z.output<typeof schema>
export type DeclaredStage = z.output<typeof stage>
export type Notify = z.output<typeof notify>

export const config = {
  schema,
  key: 'stages',
  jsonSchema: () => jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })),
}

const jsonSchema = z.record(z.string(), z.json())
