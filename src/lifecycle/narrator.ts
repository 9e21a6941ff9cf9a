/** Who tells the user what is going on. It only watches: nothing in a run depends on it. */
export interface Narrator {
  /** The steps to come, in order. `goesOn`: the run goes on past a step that fails. */
  begin(steps: readonly TitledStep[], options?: { readonly goesOn: boolean }): void
  start(id: string): void
  progress(id: string, line: string): void
  done(id: string, outcome: StepOutcome): void
  /** A line beside the steps: "Waiting for …". */
  say(line: string): void
  /** After the last step, whatever became of it. */
  end(): Promise<void>
}

export type StepOutcome = 'done' | 'skipped' | 'failed'

export interface TitledStep {
  readonly id: string
  readonly title: string
  /** The line that it is shown under, with other steps of the same one. Default: a line of its own. */
  readonly group?: string
}

/** For a run inside a step of another: the step's own line says what goes on, as the steps around it are being drawn. */
export function narrateInside(outer: Narrator, progress: (line: string) => void): Narrator {
  const titles = new Map<string, string>()
  return {
    ...silentNarrator,
    begin: steps => steps.forEach(({ id, title }) => titles.set(id, title)),
    start: id => progress(titles.get(id) ?? id),
    progress: (_, line) => progress(line),
    say: line => outer.say(line),
  }
}

export const silentNarrator: Narrator = {
  begin: () => undefined,
  start: () => undefined,
  progress: () => undefined,
  done: () => undefined,
  say: () => undefined,
  end: () => Promise.resolve(),
}
