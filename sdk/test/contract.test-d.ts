/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- what must not compile has no type */
// Compiled, never run. Every line after `@ts-expect-error` must fail to compile, everything else must compile.
import {
  definePlugin,
  defineRun,
  defineRunStep,
  defineStep,
  errorTable,
  failure,
  fill,
  type EnvironmentContext,
  type Fact,
  type Host,
  type RunRef,
  type RunStepContext,
  type Slot,
  type StepContext,
} from '@piko/sdk'

interface Config {
  readonly domain: string
}

const receiptFlows = defineStep({
  id: 'toy:make',
  title: 'Making',
  phase: 'start',
  plan: (_, receipt) => Promise.resolve({ action: 'nothing', because: `file ${receipt.file.toUpperCase()}` }),
  do: (context: StepContext<Config>) => Promise.resolve({ file: context.config.domain }),
  undo: (_, receipt) => {
    // @ts-expect-error: `do` may have stopped before it returned a receipt
    void receipt.file
    // @ts-expect-error: the receipt has no such field
    void receipt?.path
    return Promise.resolve()
  },
})

defineStep({
  id: 'toy:date',
  title: 'A date',
  phase: 'start',
  // @ts-expect-error: JSON keeps no Date
  do: () => Promise.resolve({ at: new Date() }),
  undo: () => Promise.resolve(),
})

defineStep({
  id: 'toy:nothing',
  title: 'Nothing',
  phase: 'start',
  // @ts-expect-error: a step without a receipt returns null
  do: () => Promise.resolve(),
  undo: () => Promise.resolve(),
})

// @ts-expect-error: every step has an `undo`
defineStep({ id: 'toy:one-way', title: 'One way', phase: 'start', do: () => Promise.resolve(null) })

// @ts-expect-error: no phase has this name
defineStep({ id: 'toy:x', title: 'X', phase: 'begin', do: async () => null, undo: async () => undefined })

// @ts-expect-error: an id is `<plugin>:<verb>`
defineStep({ id: 'toy', title: 'X', phase: 'start', do: async () => null, undo: async () => undefined })

definePlugin<Config>({ name: 'toy', summary: 'A toy', steps: [receiptFlows] })

// @ts-expect-error: the step has another configuration type
definePlugin<{ readonly domain: number }>({ name: 'toy', summary: 'A toy', steps: [receiptFlows] })

const names: Slot<string, { readonly services: readonly string[] }> = { id: 'toy.names' }
fill(names, (_, { services }) => services.join(' '))
// @ts-expect-error: the slot takes a string
fill(names, (_, { services }) => services.length)
// @ts-expect-error: the owner's input has no volumes
fill(names, (_, { volumes }) => String(volumes))

const count: Fact<number> = { id: 'toy.count' }

export function looking(context: EnvironmentContext<Config>): number | undefined {
  const receipt: { readonly file: string } | undefined = context.receipt(receiptFlows)
  const filled: readonly { readonly plugin: string; readonly value: string }[] = context.collect(names, {
    services: [],
  })
  // @ts-expect-error: the owner's input is missing
  context.collect(names, undefined)
  // @ts-expect-error: a read-only context does not publish
  context.publish(count, 1)
  // @ts-expect-error: a read-only context runs nothing that changes
  void context.exec('rm', [])
  // @ts-expect-error: the configuration is read-only
  context.config.domain = 'other'
  return receipt && filled.length > 0 ? context.fact(count) : undefined
}

export function changing(context: StepContext<Config>): void {
  context.publish(count, 1)
  // @ts-expect-error: the fact is a number
  context.publish(count, 'one')
  context.read(tables => tables.all('SELECT 1'))
  // @ts-expect-error: `read` does not write
  context.read(tables => tables.run('DELETE FROM toy_things'))
  // @ts-expect-error: an error's code starts with its owner
  throw failure({ code: 'BROKEN', message: 'Broken' })
}

const share: RunRef<{ readonly service: string }> = { id: 'toy.share', subject: 'project' }

const shareStep = defineRunStep({
  id: 'toy:share',
  title: 'Sharing',
  do: ({ input }: RunStepContext<Config, { readonly service: string }>) =>
    Promise.resolve({ was: input.service }),
  undo: ({ input }, receipt) => Promise.resolve(void [input.service, receipt?.was]),
})

const run = defineRun<Config, { readonly service: string }>({
  ref: share,
  title: 'Sharing',
  steps: [shareStep],
})
definePlugin<Config>({ name: 'toy', summary: 'A toy', runs: [run] })

// @ts-expect-error: an environment has phases, a run does not
export const about: RunRef<null> = { id: 'toy.env', subject: 'environment' }

export function commanding(host: Host): void {
  void host.run(share, { key: 'redis', input: { service: 'redis' } })
  // @ts-expect-error: the run requires an input
  void host.run(share, { key: 'redis' })
  // @ts-expect-error: the run has another input type
  void host.run(share, { input: { services: ['redis'] } })
  void host.takeBack(share, 'redis')
  // @ts-expect-error: `host.wind` goes up only
  void host.wind({} as never, { verb: 'down' })
}

const errors = errorTable({
  TOY_TAKEN: ({ name, by }: { name: string; by?: string }) => ({
    message: `${name}${by ?? ''}`,
    kind: 'refused',
  }),
  TOY_EMPTY: { message: 'There is no toy' },
})
errors.TOY_TAKEN({ name: 'ball' })
errors.TOY_EMPTY()
// @ts-expect-error: a fact is missing
errors.TOY_TAKEN({ by: 'cat' })
// @ts-expect-error: this error takes no facts
errors.TOY_EMPTY({})
// @ts-expect-error: no kind has this name
errorTable({ TOY_LOST: () => ({ message: 'Lost', kind: 'lost' }) })
// @ts-expect-error: an error's code starts with its owner
errorTable({ LOST: { message: 'Lost' } }).LOST()
