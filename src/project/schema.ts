import type { ConfigSchema, Json } from '@piko/sdk'
import { z } from 'zod'
import type { PluginChoice } from './plugin-names.js'

/** The keys of `.piko.yml` that belong to piko itself. The others are sections of plugins. */
export type CoreConfig = Readonly<Omit<z.output<typeof coreShape>, 'plugins'>> & {
  readonly plugins?: PluginChoice | undefined
}

const text = z.string().min(1, 'expected some text, found none')

/** A path inside the project: what stands outside is not copied or linked into worktrees. */
const insidePath = text.refine(
  path => !path.startsWith('/') && !path.split('/').includes('..'),
  'expected a path inside the project, relative to its root',
)

const wholeNumber = (least: number, most: number) => {
  const range = `expected a whole number from ${least} to ${most}`
  return z.int(range).min(least, range).max(most, range)
}

const ports = z
  .strictObject({
    base: wholeNumber(1024, 65_535)
      .default(10_000)
      .describe('Environment N has its ports from base + N × size on'),
    size: wholeNumber(10, 10_000).default(100).describe('How many ports an environment has'),
    limit: wholeNumber(1024, 65_535).default(32_767).describe('No port is above this one'),
  })
  .refine(({ base, size, limit }) => base + size <= limit, {
    message: '`base` + `size` is above `limit`, so that no environment fits',
  })

const variableName = z.string().regex(/^(?!PIKO_)[A-Za-z_][A-Za-z0-9_]*$/)

const environmentVariables = z.record(variableName, z.string(), {
  error: issue =>
    issue.code === 'invalid_key'
      ? 'expected a name of letters, digits and `_` that does not begin with a digit or with `PIKO_`'
      : undefined,
})

const coreShape = z.strictObject({
  project: z
    .string()
    .regex(/[A-Za-z0-9]/, 'expected a name with a letter or a digit')
    .optional()
    .describe("The name in hosts, containers and volumes; the folder's name when left out"),
  plugins: z
    .union([z.array(z.string()), z.record(z.string(), z.boolean())])
    .optional()
    .describe(
      'Which plugins take part: a list of them, or a map that switches single ones on or off; [] makes worktrees only; when left out, each plugin looks for itself',
    ),
  worktrees: z
    .strictObject({ dir: text.default('.piko/worktrees').describe('The folder that worktrees are made in') })
    .prefault({})
    .describe('Where worktrees are'),
  ports: ports.prefault({}).describe('Which host ports environments have'),
  files: z
    .strictObject({
      copy: z
        .array(insidePath)
        .optional()
        .describe('Copied into each worktree; when left out, the git-ignored .env* files'),
      link: z
        .array(insidePath)
        .default([])
        .describe('Linked into each worktree, so that all of them share one'),
    })
    .prefault({})
    .describe('Files that git does not bring into a worktree'),
  env: environmentVariables
    .default({})
    .describe(
      'Further variables of the environment; ${name}, ${host}, ${port.SERVICE} and ${url.SERVICE} are filled in, $$ is a $',
    ),
  scripts: z
    .strictObject({
      prepare: text.optional().describe('Runs when the worktree is there, before anything is started'),
      setup: text.optional().describe('Runs once, when everything is ready for the first time'),
      run: text.optional().describe('What `piko run` runs when it is given no command'),
      destroy: text.optional().describe('Runs before the environment is destroyed'),
    })
    .prefault({})
    .describe("The project's own scripts, run by the shell in the worktree with the environment's variables"),
})

export const coreSchema: ConfigSchema<CoreConfig> = {
  schema: coreShape,
  // What zod writes is JSON; its type only cannot say so.
  jsonSchema: () => z.toJSONSchema(coreShape, { io: 'input' }) as { readonly [key: string]: Json },
}
