import type { StepOutcome, TitledStep } from '../lifecycle/narrator.js'

/** A line of progress: steps in a row that share one. It ends with the last of them, or with the first that fails. */
export interface Group {
  readonly title: string
  readonly ids: readonly string[]
}

export function groupSteps(steps: readonly TitledStep[]): readonly Group[] {
  const groups: { title: string; ids: string[] }[] = []
  for (const { id, title: own, group: title = own } of steps) {
    const last = groups.at(-1)
    if (last?.title === title) last.ids.push(id)
    else groups.push({ title, ids: [id] })
  }
  return groups
}

/** What has become of the groups' steps so far. */
export interface Progress {
  groupOf(id: string): Group | undefined
  /** Notes that a step has begun; its group, where that begins with it. */
  start(id: string): Group | undefined
  /** Notes how a step has ended; its group with its outcome, where that ends with it. */
  done(id: string, outcome: StepOutcome): EndedGroup | undefined
}

export interface EndedGroup {
  readonly group: Group
  readonly outcome: StepOutcome
  readonly seconds: number
}

export function trackProgress(groups: readonly Group[]): Progress {
  const begun = new Map<Group, number>()
  const outcomes = new Map<string, StepOutcome>()
  const ended = new Set<Group>()
  const groupOf = (id: string) => groups.find(({ ids }) => ids.includes(id))
  return {
    groupOf,
    start: id => {
      const group = groupOf(id)
      if (!group || begun.has(group)) return undefined
      begun.set(group, Date.now())
      return group
    },
    done: (id, outcome) => {
      const group = groupOf(id)
      outcomes.set(id, outcome)
      if (!group || ended.has(group) || !hasEnded(group, outcomes, outcome)) return undefined
      ended.add(group)
      const seconds = Math.round((Date.now() - (begun.get(group) ?? Date.now())) / 1000)
      return { group, outcome: outcomeOf(group, outcomes), seconds }
    },
  }
}

function hasEnded({ ids }: Group, outcomes: ReadonlyMap<string, StepOutcome>, last: StepOutcome): boolean {
  return last === 'failed' || ids.every(id => outcomes.has(id))
}

/** Skipped where there was nothing to do in any of its steps. */
function outcomeOf({ ids }: Group, outcomes: ReadonlyMap<string, StepOutcome>): StepOutcome {
  const all = ids.map(id => outcomes.get(id))
  if (all.includes('failed')) return 'failed'
  return all.includes('done') ? 'done' : 'skipped'
}

/** "✔ Starting services (12 s)" */
export function endedLine({ group: { title }, outcome, seconds }: EndedGroup): string {
  return `${outcome === 'failed' ? '✖' : '✔'} ${withTime(title, seconds)}`
}

/** What takes no time to speak of is not timed. */
export function withTime(title: string, seconds: number): string {
  return seconds < 2 ? title : `${title} (${timeText(seconds)})`
}

function timeText(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
