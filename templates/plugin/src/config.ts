import type { ConfigSchema, Json } from '@piko/sdk'
import { z } from 'zod'

/** The section `template-name:` of `.piko.yml`. An absent section is the same as `{}`. */
const schema = z.strictObject({
  enabled: z.boolean().default(false).describe('Whether environments have template-name'),
})

export type Config = z.output<typeof schema>

export const config: ConfigSchema<Config> = {
  schema,
  jsonSchema: () => z.toJSONSchema(schema, { io: 'input' }) as Record<string, Json>,
}
