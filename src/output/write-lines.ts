import type { Narrator } from '../lifecycle/narrator.js'
import { endedLine, groupSteps, type Progress, trackProgress } from './groups.js'

type Write = (line: string) => void

/** For a pipe or a file: one line for each group of steps, when it ends. */
export function writeLines(write: Write): Narrator {
  let progress: Progress | undefined
  return {
    begin: steps => void (progress = trackProgress(groupSteps(steps))),
    start: id => void progress?.start(id),
    progress: () => undefined,
    done: (id, outcome) => {
      const ended = progress?.done(id, outcome)
      if (ended && ended.outcome !== 'skipped') write(endedLine(ended))
    },
    say: write,
    end: () => Promise.resolve(),
  }
}
