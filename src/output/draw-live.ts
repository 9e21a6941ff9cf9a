import { DefaultRenderer, Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput } from 'listr2'
import type { Narrator, StepOutcome, TitledStep } from '../lifecycle/narrator.js'
import { fitLine } from './fit.js'
import { type EndedGroup, endedLine, type Group, groupSteps, trackProgress, withTime } from './groups.js'

type Task = ListrTaskWrapper<unknown, typeof LiveRenderer, never>

/** listr2 would look whether stdout is a terminal, and write there where it is not. */
class LiveRenderer extends DefaultRenderer {
  static override nonTTY = true
}

/**
 * For a terminal: the groups of steps as they go, with the last line that one has printed below it. They vanish when all
 * has gone well, as the answer says the same; after a failure they stay.
 */
export function drawLive(stream: NodeJS.WriteStream): Narrator {
  let drawing: Drawing | undefined
  let held: readonly string[] = []
  let hasFailed = false
  const write = (line: string) => void stream.write(`${line}\n`)
  return {
    begin: (steps, { goesOn } = { goesOn: false }) =>
      void (drawing = steps.length > 0 ? draw(stream, { steps, goesOn }) : undefined),
    start: id => drawing?.start(id),
    progress: (id, line) => drawing?.progress(id, line),
    done: (id, outcome) => drawing?.done(id, outcome),
    // A line in the middle of the drawing would be drawn over.
    say: line => (drawing ? void (held = [...held, line]) : write(line)),
    end: async () => {
      const ended = (await drawing?.end()) ?? []
      drawing = undefined
      hasFailed ||= ended.some(({ outcome }) => outcome === 'failed')
      if (hasFailed) ended.map(endedLine).forEach(write)
      held.forEach(write)
      held = []
    },
  }
}

interface Drawing {
  start(id: string): void
  progress(id: string, line: string): void
  done(id: string, outcome: StepOutcome): void
  /** What was worth a line, in order. */
  end(): Promise<readonly EndedGroup[]>
}

/** Every group is a task that waits to be told how it ended; the run tells, in the order in which the tasks wait. */
function draw(
  stream: NodeJS.WriteStream,
  { steps, goesOn }: { readonly steps: readonly TitledStep[]; readonly goesOn: boolean },
): Drawing {
  const groups = groupSteps(steps)
  const progress = trackProgress(groups)
  const titles = new Map(steps.map(({ id, title }) => [id, title]))
  const endings = new Map(groups.map(group => [group, deferred<StepOutcome>()]))
  const tasks = new Map<Group, Task>()
  const ended: EndedGroup[] = []
  const over = new Set<Group>()
  const list = new Listr(
    groups.map(group => ({
      title: group.title,
      task: (_: unknown, task: unknown) => {
        tasks.set(group, task as Task)
        return follow(group, { task: task as Task, ending: endings.get(group)?.promise })
      },
    })),
    { exitOnError: !goesOn, registerSignalListeners: false, ...rendererFor(stream) },
  )
  const drawn = list.run().catch(() => undefined) // the run itself throws what failed
  const show = (id: string, text: string) => {
    const group = progress.groupOf(id)
    const task = group && tasks.get(group)
    const line = fitLine(text, (stream.columns ?? 80) - MARGIN)
    if (task && line !== undefined && !over.has(group)) task.output = line // listr2 breaks on one that comes late
  }
  return {
    start: id => {
      progress.start(id)
      const title = titles.get(id) ?? ''
      setImmediate(() => title !== progress.groupOf(id)?.title && show(id, title)) // its task begins in a moment
    },
    progress: (id, text) => text.split('\n').forEach(line => show(id, line)),
    done: (id, outcome) => {
      const group = progress.done(id, outcome)
      if (!group) return
      over.add(group.group)
      if (group.outcome !== 'skipped') ended.push(group)
      endings.get(group.group)?.resolve(group.outcome)
    },
    end: async () => {
      groups.forEach(group => over.add(group))
      for (const ending of endings.values()) ending.resolve('skipped')
      await drawn
      return ended
    },
  }
}

/** What the terminal needs before and after a line. */
const MARGIN = 8

/** Counts the seconds beside the title while the group goes on. */
async function follow(
  { title }: Group,
  { task, ending }: { readonly task: Task; readonly ending: Promise<StepOutcome> | undefined },
): Promise<void> {
  const begun = Date.now()
  const count = () => (task.title = withTime(title, Math.round((Date.now() - begun) / 1000)))
  const timer = setInterval(count, 1000)
  try {
    const outcome = await ending
    if (outcome === 'failed') throw new Error(task.title)
    if (outcome === 'skipped') Reflect.set(task.task, 'title', undefined) // what had nothing to do is no line
  } finally {
    clearInterval(timer)
  }
}

/** listr2 would draw on stdout, which belongs to the answer. The only colours are those that show on light and dark. */
function rendererFor(stream: NodeJS.WriteStream) {
  const processOutput = new ProcessOutput(stream, stream)
  const plain = (text?: string) => text ?? ''
  const logger = new ListrLogger({ processOutput })
  const colours = { PENDING: plain, OUTPUT: plain, WAITING: plain }
  return {
    renderer: LiveRenderer,
    rendererOptions: { logger, clearOutput: true, formatOutput: 'truncate' as const, color: colours },
  }
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>(settle => (resolve = settle))
  return { promise, resolve: (value: Value) => resolve(value) }
}
