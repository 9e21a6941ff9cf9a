import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openDatabase } from '#src/state/open.js'
import { tablesOf } from '#src/state/tables.js'
import type { Filled, FlagValue, Json, Tables, Verb } from '@piko/sdk'
import { createTestContext, type TestContext } from '@piko/sdk/testing'
import { type ComposeConfig, config } from '#compose/config.js'
import { migrations } from '#compose/migrations/tables.js'
import { network } from '#compose/steps/network.js'
import { override } from '#compose/steps/override.js'
import { resolve as resolveStep } from '#compose/steps/resolve.js'
import { up } from '#compose/steps/up.js'
import { volumes } from '#compose/steps/volumes.js'
import { images } from '#compose/steps/images.js'
import { dockerLines } from '#test/support/engine.js'
import { numberOfOwn, subnetsOfOwn } from '#test/support/lanes.js'

const fixtures = resolve('plugins/compose/test/fixtures')

export interface WorldOptions {
  readonly environment?: string
  /** The project's name. Worlds with the same name are environments of one project. */
  readonly project?: string
  readonly config?: Partial<ComposeConfig>
  readonly flags?: Readonly<Record<string, FlagValue>>
  readonly targets?: readonly string[]
  /** What other plugins fill into slots, by slot id. */
  readonly filled?: Readonly<Record<string, readonly Filled<unknown>[]>>
  readonly subnets?: number
}

/** One environment of a fixture, with its own folder and names. */
export interface ComposeWorld {
  readonly context: TestContext<ComposeConfig>
  readonly project: string
  /** The same environment under another verb, with other flags or targets. */
  as(verb: Verb, more?: Pick<WorldOptions, 'flags' | 'targets'>): TestContext<ComposeConfig>
  up(): Promise<void>
  /** Runs all steps before it. */
  prepare(): Promise<void>
  observe(): Promise<Json>
  dispose(): Promise<void>
}

/** For tests of the plugins that build on them. */
export const composeSteps = { resolve: resolveStep, volumes }

/** Worlds not disposed of: those of failed tests. */
const open = new Set<ComposeWorld>()

/** `fixture` is a folder of `fixtures`, or the path of another. */
export async function makeWorld(fixture: string, options: WorldOptions = {}): Promise<ComposeWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'piko-compose-'))
  await cp(resolve(fixtures, fixture), join(folder, 'worktree'), { recursive: true })
  await renameDotenvs(join(folder, 'worktree'))
  const tables = openTables(folder)
  const project = options.project ?? `t${randomBytes(3).toString('hex')}`
  const numbers = {
    firstPort: 21_000 + 20 * numberOfOwn('first ports', { from: 0, to: 500 }),
    subnets: options.subnets ?? subnetsOfOwn(),
  }
  const parsed = config.schema.parse(options.config ?? {})
  const make = (verb: Verb, more: WorldOptions = options) =>
    createTestContext<ComposeConfig>({
      ...options,
      ...more,
      ...numbers,
      project,
      folder,
      verb,
      tables,
      config: parsed,
    })
  const context = make('create')
  const filter = `label=dev.piko.root=${folder}`
  const world: ComposeWorld = {
    context,
    project,
    as: (verb, more) => ({ ...context, verb, flags: more?.flags ?? {}, targets: more?.targets ?? [] }),
    async up() {
      await world.prepare()
      await up.do(context, undefined)
    },
    async prepare() {
      for (const step of [resolveStep, override, volumes, images, network]) await step.do(context, undefined)
    },
    observe: () => Promise.resolve(observe(filter, folder)),
    async dispose() {
      for (const step of [up, network, images, volumes])
        await step.undo({ ...context, verb: 'destroy' }, undefined)
      await rm(folder, { recursive: true, force: true })
      open.delete(world)
    },
  }
  open.add(world)
  return world
}

/** Call it at the end of a suite. */
export async function disposeWorlds(): Promise<void> {
  for (const world of open) await world.dispose()
}

/** Containers, networks and volumes with this world's labels, its images, and the files that piko writes. */
function observe(filter: string, folder: string): Json {
  const container = '{{.Names}} {{.State}} {{.Networks}}'
  const ids = dockerLines('ps', '-aq', '--filter', filter)
  return {
    containers: [...dockerLines('ps', '-a', '--filter', filter, '--format', container)].sort(),
    networks: [...dockerLines('network', 'ls', '-q', '--filter', filter)].sort(),
    volumes: [...dockerLines('volume', 'ls', '-q', '--filter', filter)].sort(),
    mounts:
      ids.length === 0
        ? []
        : dockerLines('inspect', '--format', '{{range .Mounts}}{{println .Name}}{{end}}', ...ids).toSorted(),
    override: existsSync(join(folder, 'worktree/docker-compose.piko.yml')),
  }
}

export function imagesOf(project: string): readonly string[] {
  return dockerLines('image', 'ls', '-q', '--filter', `label=com.docker.compose.project=${project}`)
}

async function renameDotenvs(folder: string): Promise<void> {
  for (const place of ['', 'dev']) {
    const from = join(folder, place, 'dotenv')
    if (existsSync(from)) await rename(from, join(folder, place, '.env'))
  }
}

/** The plugin's tables as core gives them. */
function openTables(folder: string): Tables {
  const database = openDatabase(join(folder, 'state.db'))
  for (const { sql } of migrations) database.exec(sql)
  return tablesOf(database, { name: 'compose', prefix: 'compose_' })
}
