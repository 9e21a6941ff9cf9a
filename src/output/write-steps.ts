import type { Narrator, StepOutcome } from '../lifecycle/narrator.js'
import { readableLine, fitLine } from './fit.js'
import { withTime } from './groups.js'

/** For `--verbose`: every step by its own title, with the output of its programs. */
export function writeSteps(write: (line: string) => void): Narrator {
  const titles = new Map<string, string>()
  const started = new Map<string, number>()
  return {
    begin: steps => steps.forEach(({ id, title }) => titles.set(id, title)),
    start: id => {
      started.set(id, Date.now())
      write(`❯ ${titles.get(id) ?? ''} (${id})`)
    },
    progress: (_, text) => {
      for (const line of text.split('\n'))
        if (readableLine(line) !== undefined) write(`› ${fitLine(line, 500)}`)
    },
    done: (id, outcome) => {
      const seconds = Math.round((Date.now() - (started.get(id) ?? Date.now())) / 1000)
      write(`${marks[outcome]} ${withTime(titles.get(id) ?? id, seconds)}${endings[outcome]}`)
    },
    say: write,
    end: () => Promise.resolve(),
  }
}

const marks: Readonly<Record<StepOutcome, string>> = { done: '✔', skipped: '↓', failed: '✖' }
const endings: Readonly<Record<StepOutcome, string>> = { done: '', skipped: ': nothing to do', failed: '' }
