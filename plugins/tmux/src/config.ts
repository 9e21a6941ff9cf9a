import { runsOnHost } from '@piko/sdk'
import * as z from 'zod'

const place = {
  command: z
    .string()
    .min(1)
    .meta(runsOnHost)
    .optional()
    .describe('Command that is typed into its shell (default: none)'),
  service: z
    .string()
    .min(1)
    .optional()
    .describe('Run it in the container of this Compose service, as `piko exec` does'),
}

const window = z.strictObject({
  name: z
    .string()
    .regex(/^[^\s:.]+$/, 'expected a name without spaces, `:` and `.`')
    .describe('Name of the window'),
  ...place,
  panes: z.array(z.strictObject(place)).default([]).describe('Further panes of the window'),
  layout: z
    .enum(['even-horizontal', 'even-vertical', 'main-horizontal', 'main-vertical', 'tiled'])
    .optional()
    .describe('How tmux lays out its panes'),
})

const schema = z.strictObject({
  socket: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A tmux server of its own: a path, relative to the project, or a name as with `tmux -L`; default: the user's",
    ),
  kill_on_down: z.boolean().default(false).describe('Whether `piko down` ends the session too'),
  logs: z
    .union([z.boolean(), z.array(z.string().min(1))])
    .default(true)
    .describe('Whether each Compose service has a window with its logs, or which ones'),
  windows: z
    .array(window)
    .default([])
    .describe('Windows of the project, in addition to a shell and the logs'),
})

/** The section `tmux:` of `.piko.yml`. */
export type TmuxConfig = z.output<typeof schema>

export const config = {
  schema,
  jsonSchema: () => jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })),
}

const jsonSchema = z.record(z.string(), z.json())
