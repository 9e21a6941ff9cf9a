/** Shows progress to the user. Nothing in a run depends on it. */
export interface Narrator {
  /** The steps of the run, in order. `continuesOnError`: a failing step does not stop the run. */
  begin(steps: readonly TitledStep[], options?: { readonly continuesOnError: boolean }): void
  start(id: string): void
  progress(id: string, line: string): void
  done(id: string, outcome: StepOutcome): void
  /** A line outside the steps: "Waiting for …". */
  say(line: string): void
  /** Called after the last step, even if it failed. */
  end(): Promise<void>
}

export type StepOutcome = 'done' | 'skipped' | 'failed'

export interface TitledStep {
  readonly id: string
  readonly title: string
  /** Steps with the same group share a line. Default: a separate line. */
  readonly group?: string
}

/** For a run inside a step of another run: shows its progress on the line of that step. */
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
