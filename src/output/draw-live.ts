import { visibleText } from '@piko/sdk'
import { DefaultRenderer, Listr, ListrLogger, type ListrTaskWrapper, ProcessOutput } from 'listr2'
import type { Narrator, StepOutcome, TitledStep } from '../lifecycle/narrator.js'
import { fitLine } from './fit.js'
import { type EndedGroup, endedLine, type Group, groupSteps, trackProgress, withTime } from './groups.js'

type Task = ListrTaskWrapper<unknown, typeof LiveRenderer, never>

/** Otherwise listr2 checks whether stdout is a terminal and, if not, writes there. */
class LiveRenderer extends DefaultRenderer {
  static override nonTTY = true
}

/**
 * For a terminal: shows each group of steps as it runs, with the latest line of output below it. On success the groups
 * are cleared, since the answer says the same. After a failure they remain.
 */
export function drawLive(stream: NodeJS.WriteStream): Narrator {
  let drawing: Drawing | undefined
  let held: readonly string[] = []
  let hasFailed = false
  const write = (line: string) => void stream.write(`${visibleText(line)}\n`)
  return {
    begin: (steps, { continuesOnError } = { continuesOnError: false }) =>
      void (drawing = steps.length > 0 ? draw(stream, { steps, continuesOnError }) : undefined),
    start: id => drawing?.start(id),
    progress: (id, line) => drawing?.progress(id, line),
    done: (id, outcome) => drawing?.done(id, outcome),
    // The drawing would overwrite a line written now.
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
  /** The groups that did something, in order. */
  end(): Promise<readonly EndedGroup[]>
}

/** Each group is a listr2 task that waits for its outcome. The run reports outcomes in the order of the tasks. */
function draw(
  stream: NodeJS.WriteStream,
  { steps, continuesOnError }: { readonly steps: readonly TitledStep[]; readonly continuesOnError: boolean },
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
    { exitOnError: !continuesOnError, registerSignalListeners: false, ...rendererFor(stream) },
  )
  const drawn = list.run().catch(() => undefined) // the run itself throws the error
  const show = (id: string, text: string) => {
    const group = progress.groupOf(id)
    const task = group && tasks.get(group)
    const line = fitLine(text, (stream.columns ?? 80) - MARGIN)
    if (task && line !== undefined && !over.has(group)) task.output = line // listr2 fails on output after the end
  }
  return {
    start: id => {
      progress.start(id)
      const title = titles.get(id) ?? ''
      setImmediate(() => title !== progress.groupOf(id)?.title && show(id, title)) // its task starts on the next tick
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

/** Columns that the drawing needs around a line. */
const MARGIN = 8

/** Shows the elapsed seconds next to the title while the group runs. */
async function follow(
  { title }: Group,
  { task, ending }: { readonly task: Task; readonly ending: Promise<StepOutcome> | undefined },
): Promise<void> {
  const startedAt = Date.now()
  const count = () => (task.title = withTime(title, Math.round((Date.now() - startedAt) / 1000)))
  const timer = setInterval(count, 1000)
  try {
    const outcome = await ending
    if (outcome === 'failed') throw new Error(task.title)
    if (outcome === 'skipped') Reflect.set(task.task, 'title', undefined) // hides a group without work
  } finally {
    clearInterval(timer)
  }
}

/**
 * listr2 draws on stdout by default, but that belongs to the answer. Uses only colours that are readable on light and
 * dark backgrounds.
 */
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
