import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../json.js'

/** Any step, whatever its subject. */
interface LawfulStep<Context> {
  readonly id: string
  do(context: Context, before: Json | undefined): Promise<Json>
  undo(context: Context, receipt: Json | undefined): Promise<void>
  halt?(context: Context, receipt: Json | undefined): Promise<void>
}

/** The world of one law: a context that changes it, and a way to observe it. */
export interface World<Context> {
  readonly context: Context
  /** Everything the step may change, as data: files, containers, rows. Equal observations mean equal worlds. */
  observe(): Promise<Json>
  dispose(): Promise<void>
}

export interface Law {
  readonly name: string
  run(): Promise<void>
}

/**
 * The laws that every step must obey, as tests to register: `for (const law of stepLaws(step, world)) it(law.name, law.run)`.
 * Each law gets a fresh world.
 */
export function stepLaws<Context>(
  step: LawfulStep<Context>,
  makeWorld: () => Promise<World<Context>>,
): readonly Law[] {
  const tests = step.halt ? { ...laws, ...haltLaws } : laws
  return Object.entries(tests).map(([name, test]) => ({
    name: `${step.id}: ${name}`,
    async run() {
      const world = await makeWorld()
      try {
        await test(step, world)
      } finally {
        await world.dispose()
      }
    },
  }))
}

type LawTest = <Context>(step: LawfulStep<Context>, world: World<Context>) => Promise<void>

const laws: Readonly<Record<string, LawTest>> = {
  'the step changes the world': async (step, world) => {
    const before = await world.observe()
    await step.do(world.context, undefined)
    assert.ok(!isDeepStrictEqual(await world.observe(), before), 'nothing that `observe` sees has changed')
  },

  'doing it twice is doing it once': async (step, world) => {
    const receipt = await step.do(world.context, undefined)
    const once = await world.observe()
    await step.do(world.context, receipt)
    assert.deepEqual(await world.observe(), once)
  },

  'doing it again without its receipt is doing it once': async (step, world) => {
    await step.do(world.context, undefined)
    const once = await world.observe()
    await step.do(world.context, undefined)
    assert.deepEqual(await world.observe(), once)
  },

  'undoing it restores the world': async (step, world) => {
    const before = await world.observe()
    const receipt = await step.do(world.context, undefined)
    await step.undo(world.context, receipt)
    assert.deepEqual(await world.observe(), before)
  },

  'undoing it twice is undoing it once': async (step, world) => {
    const receipt = await step.do(world.context, undefined)
    await step.undo(world.context, receipt)
    const once = await world.observe()
    await step.undo(world.context, receipt)
    assert.deepEqual(await world.observe(), once)
  },

  'undoing what was never done is safe': async (step, world) => {
    const before = await world.observe()
    await step.undo(world.context, undefined)
    assert.deepEqual(await world.observe(), before)
  },

  'undoing it without a receipt restores the world': async (step, world) => {
    const before = await world.observe()
    await step.do(world.context, undefined)
    await step.undo(world.context, undefined)
    assert.deepEqual(await world.observe(), before)
  },

  'the receipt survives JSON': async (step, world) => {
    const receipt = await step.do(world.context, undefined)
    assert.deepEqual(JSON.parse(JSON.stringify(receipt)), receipt)
  },
}

/** For steps that can halt. */
const haltLaws: Readonly<Record<string, LawTest>> = {
  'doing it again after halting it is doing it once': async (step, world) => {
    const receipt = await step.do(world.context, undefined)
    const once = await world.observe()
    await step.halt?.(world.context, receipt)
    await step.do(world.context, receipt)
    assert.deepEqual(await world.observe(), once)
  },

  'halting it twice is halting it once': async (step, world) => {
    const receipt = await step.do(world.context, undefined)
    await step.halt?.(world.context, receipt)
    const once = await world.observe()
    await step.halt?.(world.context, undefined)
    assert.deepEqual(await world.observe(), once)
  },

  'undoing what was halted restores the world': async (step, world) => {
    const before = await world.observe()
    const receipt = await step.do(world.context, undefined)
    await step.halt?.(world.context, receipt)
    await step.undo(world.context, receipt)
    assert.deepEqual(await world.observe(), before)
  },
}
