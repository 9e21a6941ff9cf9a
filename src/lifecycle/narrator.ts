/** Who tells the user what is going on. It only watches: nothing in a run depends on it. */
export interface Narrator {
  /** The steps to come, in order. */
  begin(steps: readonly { readonly id: string; readonly title: string }[]): void
  start(id: string): void
  progress(id: string, line: string): void
  done(id: string, outcome: 'done' | 'skipped' | 'failed'): void
  /** A line beside the steps: "Waiting for …". */
  say(line: string): void
  /** After the last step, whatever became of it. */
  end(): Promise<void>
}

export const silentNarrator: Narrator = {
  begin: () => undefined,
  start: () => undefined,
  progress: () => undefined,
  done: () => undefined,
  say: () => undefined,
  end: () => Promise.resolve(),
}
