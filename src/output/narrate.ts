import { Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput } from 'listr2'
import type { Narrator, TitledStep } from '../lifecycle/narrator.js'

type Task = ListrTaskWrapper<unknown, never, never>
type Ending = 'done' | 'skipped' | 'failed'

/** Draws a run's steps on stderr: live on a terminal, a line a step elsewhere. Only draws; the run goes its own way. */
export function narrateOn(stream: NodeJS.WriteStream): Narrator {
  let drawing: Drawing | undefined
  let held: readonly string[] = []
  const write = (line: string) => void stream.write(`${line}\n`)
  return {
    begin: (steps, { goesOn } = { goesOn: false }) =>
      (drawing = steps.length > 0 ? draw(stream, { steps, goesOn }) : undefined),
    start: id => drawing?.start(id),
    progress: (id, line) => drawing?.progress(id, line),
    done: (id, outcome) => drawing?.done(id, outcome),
    // A line in the middle of the drawing would be drawn over.
    say: line => (drawing ? void (held = [...held, line]) : write(line)),
    end: async () => {
      await drawing?.end()
      drawing = undefined
      held.forEach(write)
      held = []
    },
  }
}

interface Drawing {
  start(id: string): void
  progress(id: string, line: string): void
  done(id: string, outcome: Ending): void
  end(): Promise<void>
}

/** Every step is a task that waits to be told how it ended; the run tells, in the order in which the tasks wait. */
function draw(
  stream: NodeJS.WriteStream,
  { steps, goesOn }: { readonly steps: readonly TitledStep[]; readonly goesOn: boolean },
): Drawing {
  const endings = new Map(steps.map(({ id }) => [id, deferred<Ending>()]))
  const tasks = new Map<string, Task>()
  const list = new Listr(
    steps.map(({ id, title }) => ({
      title,
      task: async (_: unknown, task: unknown) => {
        tasks.set(id, task as Task)
        const ending = await endings.get(id)?.promise
        if (ending === 'failed') throw new Error(title)
        if (ending === 'skipped') (task as Task).skip()
      },
    })),
    { exitOnError: !goesOn, registerSignalListeners: false, ...rendererFor(stream) },
  )
  const drawn = list.run().catch(() => undefined) // the run itself throws what failed
  return {
    start: () => undefined,
    progress: (id, line) => {
      const task = tasks.get(id)
      if (task) task.output = line
    },
    done: (id, outcome) => endings.get(id)?.resolve(outcome),
    end: async () => {
      for (const ending of endings.values()) ending.resolve('skipped')
      await drawn
    },
  }
}

/** listr2 would draw on stdout, which belongs to the answer. */
function rendererFor(stream: NodeJS.WriteStream) {
  const logger = new ListrLogger({ processOutput: new ProcessOutput(stream, stream) })
  if (!stream.isTTY) return { renderer: 'simple' as const, rendererOptions: { logger } }
  return { renderer: 'default' as const, rendererOptions: { logger, clearOutput: true } }
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>(settle => (resolve = settle))
  return { promise, resolve: (value: Value) => resolve(value) }
}
