import type { FlagValue, StepContext, Verb } from '@piko/sdk'
import { cp, mkdir, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { openDatabase } from '#src/state/open.js'
import { tablesOf } from '#src/state/tables.js'
import { overrideSlot } from '@piko/plugin-compose/contract'
import { config, type VolumesConfig } from '#volumes/config.js'
import { contributes } from '#volumes/contributes.js'
import { migrations } from '#volumes/migrations/tables.js'
import { copy, type Receipt } from '#volumes/steps/copy.js'
import { sources } from '#volumes/steps/sources.js'
import { docker, dockerLines } from '#test/support/engine.js'
import { type ComposeWorld, composeSteps, makeWorld } from '../../../compose/test/support/world.js'

export interface VolumesWorldOptions {
  readonly config?: Partial<VolumesConfig>
  readonly flags?: Readonly<Record<string, FlagValue>>
  /** Whether images with GNU tar are used; otherwise copies use the engine's archive API. */
  readonly tar?: string
}

/** A project with a main stack that can be started, and one environment. */
export interface VolumesWorld {
  readonly compose: ComposeWorld
  readonly context: StepContext<VolumesConfig>
  /** Lines printed with `say`. */
  readonly said: readonly string[]
  /** The path of the main checkout. */
  readonly root: string
  /** A volume's name on the engine: the main stack's, and the environment's. */
  main(key: string): string
  own(key: string): string
  as(verb: Verb, flags?: Readonly<Record<string, FlagValue>>): StepContext<VolumesConfig>
  /** `docker compose` in the main checkout. */
  mainStack(...words: readonly string[]): void
  /** Runs the steps up to the copy. */
  prepare(): Promise<void>
  /** Runs all steps. */
  fill(): Promise<Receipt>
  dispose(): Promise<void>
}

const open = new Set<VolumesWorld>()

export async function makeVolumesWorld(options: VolumesWorldOptions = {}): Promise<VolumesWorld> {
  const compose = await makeWorld(resolve('plugins/volumes/test/fixtures/volumes'))
  const { context } = compose
  const root = context.project.root
  await cp(join(context.environment.path, 'compose.yaml'), join(root, 'compose.yaml'))
  await mkdir(join(root, 'state'), { recursive: true })
  const database = openDatabase(join(root, 'volumes.db'))
  for (const { sql } of migrations) database.exec(sql)
  const tables = tablesOf(database, { name: 'volumes', prefix: 'volumes_' })
  const parsed = config.schema.parse(options.config ?? {})
  const own: StepContext<VolumesConfig> = {
    ...context,
    config: parsed,
    flags: options.flags ?? {},
    read: work => work(tables),
    transaction: work => work(tables),
    collect: (slot, input) =>
      (contributes.fills ?? []).flatMap(fill => {
        const value = slot.id === overrideSlot.id ? fill.with(own, input) : undefined
        return value === undefined ? [] : [{ plugin: 'volumes', value: value as never }]
      }),
  }
  for (const image of dockerLines('image', 'ls', '-q', '--no-trunc')) {
    const found = image === options.tar ? 'gnu' : 'shell'
    tables.run('INSERT OR REPLACE INTO volumes_images (image, tools) VALUES (?, ?)', image, found)
  }
  const project = basename(root).toLowerCase()
  const mainStack = (...words: readonly string[]) =>
    void docker('compose', '--project-directory', root, '-f', join(root, 'compose.yaml'), ...words)
  const world: VolumesWorld = {
    compose,
    context: own,
    said: context.said,
    root,
    main: key => `${project}_${key}`,
    own: key => `piko-${compose.project}-feature-${key}`,
    as: (verb, flags = {}) => ({ ...own, verb, flags }),
    mainStack,
    async prepare() {
      await composeSteps.resolve.do(context, undefined)
      context.receipts.set(sources.id, await sources.do(own, undefined))
      await composeSteps.volumes.do({ ...context, collect: own.collect }, undefined)
    },
    async fill() {
      await world.prepare()
      const receipt = await copy.do(own, undefined)
      context.receipts.set(copy.id, receipt)
      return receipt
    },
    async dispose() {
      open.delete(world)
      await copy.undo(world.as('destroy'), undefined)
      mainStack('down', '--volumes', '--timeout', '1')
      await compose.dispose()
      const left = dockerLines('volume', 'ls', '-q', '--filter', `name=${project}_`)
      if (left.length > 0) docker('volume', 'rm', ...left)
      database.close()
      await rm(root, { recursive: true, force: true })
    },
  }
  open.add(world)
  return world
}

/** Worlds of failed tests, for the end of a suite. */
export async function disposeVolumesWorlds(): Promise<void> {
  for (const world of open) await world.dispose()
}
