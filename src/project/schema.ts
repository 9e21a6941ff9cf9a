import { type ConfigSchema, type Json, runsOnHost } from '@piko/sdk'
import * as z from 'zod'
import type { PluginChoice } from './plugin-names.js'

/** The keys of `.piko.yml` that belong to piko itself. All others are sections of plugins. */
export type CoreConfig = Readonly<Omit<z.output<typeof coreShape>, 'plugins'>> & {
  readonly plugins?: PluginChoice | undefined
}

const text = z.string().min(1, 'expected some text, found none')

/** A path inside the project. Nothing outside it is copied or linked into worktrees. */
const insidePath = text.refine(
  path => !path.startsWith('/') && !path.split('/').includes('..'),
  'expected a path inside the project, relative to its root',
)

const wholeNumber = (lowest: number, highest: number) => {
  const range = `expected a whole number from ${lowest} to ${highest}`
  return z.int(range).min(lowest, range).max(highest, range)
}

const ports = z
  .strictObject({
    base: wholeNumber(1024, 65_535)
      .default(10_000)
      .describe('The ports of environment N start at base + N × size'),
    size: wholeNumber(10, 10_000).default(100).describe('How many ports an environment has'),
    limit: wholeNumber(1024, 65_535).default(32_767).describe('The highest port'),
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

const installation = z.strictObject({
  install: text.describe('Command that installs it, run by `sh` in the parent folder'),
  service: text
    .optional()
    .describe('Service whose container it runs in (default: the first that mounts the folder)'),
})

const coreShape = z.strictObject({
  project: z
    .string()
    .regex(/[A-Za-z0-9]/, 'expected a name with a letter or a digit')
    .optional()
    .describe("The name in host names, containers and volumes (default: the folder's name)"),
  plugins: z
    .union([z.array(z.string()), z.record(z.string(), z.union([z.boolean(), z.literal('required')]))])
    .optional()
    .describe(
      'Active plugins: a list, or a map that turns single ones on or off; `required` makes it an error if one cannot run; [] creates worktrees only (default: each plugin detects whether it is needed)',
    ),
  worktrees: z
    .strictObject({
      dir: text.default('.piko/worktrees').describe('The folder that worktrees are created in'),
    })
    .prefault({})
    .describe('Where worktrees are'),
  ports: ports.prefault({}).describe('Which host ports environments have'),
  files: z
    .strictObject({
      copy: z
        .array(insidePath)
        .optional()
        .describe('Copied into each worktree (default: git-ignored .env* files)'),
      link: z
        .array(insidePath)
        .default([])
        .describe(
          'Linked into each worktree, so that all share one; what a container sees is copied instead, as with `dependencies: copy`',
        ),
    })
    .prefault({})
    .describe('Git-ignored files that worktrees get'),
  dependencies: z
    .record(insidePath, z.union([z.enum(['copy', 'install']), installation]))
    .optional()
    .describe(
      'Git-ignored folders of dependencies, such as node_modules: `copy` copies those of the main checkout into the worktree, `install` installs them in a container of their service, into a volume, with the package manager whose lock file is beside them; {} copies nothing (default: what services mount is copied)',
    ),
  env: environmentVariables
    .default({})
    .describe(
      'Variables of each environment; ${name}, ${branch}, ${path}, ${host}, ${project} (of Compose), ${port.SERVICE} and ${url.SERVICE} are filled in, $$ is a $',
    ),
  create: z
    .strictObject({
      rollback: z
        .boolean()
        .default(false)
        .describe('Remove everything again when `piko create` fails, as `--rollback` does'),
    })
    .prefault({})
    .describe('What `piko create` does when it fails'),
  trust: z
    .strictObject({
      branches: z
        .enum(['ask', 'own', 'all'])
        .default('own')
        .describe(
          'Which branches may reach more of this machine than the main checkout without approval: none, your own, or all of this repository and the remote it was cloned from',
        ),
    })
    .prefault({})
    .describe('What branches may reach without approval; read from the main checkout only'),
  scripts: z
    .strictObject({
      prepare: text
        .meta(runsOnHost)
        .optional()
        .describe('Runs when the worktree exists, before anything starts'),
      setup: text.meta(runsOnHost).optional().describe('Runs once, the first time everything is ready'),
      run: text.meta(runsOnHost).optional().describe('What `piko run` runs without a command'),
      destroy: text.meta(runsOnHost).optional().describe('Runs before the environment is destroyed'),
    })
    .prefault({})
    .describe("The project's own scripts, run by the shell in the worktree with the environment's variables"),
})

export const coreSchema: ConfigSchema<CoreConfig> = {
  schema: coreShape,
  // zod's output is JSON, but its type does not say so.
  jsonSchema: () => z.toJSONSchema(coreShape, { io: 'input' }) as { readonly [key: string]: Json },
}
