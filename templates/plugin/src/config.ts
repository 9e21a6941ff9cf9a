import type { ConfigSchema, Json } from '@piko/sdk'
import { z } from 'zod'

/** The section `template-name:` of `.piko.yml`. Nothing there is the same as `{}`. */
const schema = z.strictObject({
  text: z.string().optional().describe('What the note says'),
})

export type Config = z.output<typeof schema>

export const config: ConfigSchema<Config> = {
  schema,
  jsonSchema: () => z.toJSONSchema(schema) as Record<string, Json>,
}
