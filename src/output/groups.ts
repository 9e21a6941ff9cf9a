import type { StepOutcome, TitledStep } from '../lifecycle/narrator.js'

/** A line of progress, shared by consecutive steps. It ends with the last of them, or with the first that fails. */
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

/** The outcome of the groups' steps so far. */
export interface Progress {
  groupOf(id: string): Group | undefined
  /** Records that a step has started. Returns its group if it is the group's first. */
  start(id: string): Group | undefined
  /** Records how a step has ended. Returns its group with the outcome if that ends the group. */
  done(id: string, outcome: StepOutcome): EndedGroup | undefined
}

export interface EndedGroup {
  readonly group: Group
  readonly outcome: StepOutcome
  readonly seconds: number
}

export function trackProgress(groups: readonly Group[]): Progress {
  const startTimes = new Map<Group, number>()
  const outcomes = new Map<string, StepOutcome>()
  const ended = new Set<Group>()
  const groupOf = (id: string) => groups.find(({ ids }) => ids.includes(id))
  return {
    groupOf,
    start: id => {
      const group = groupOf(id)
      if (!group || startTimes.has(group)) return undefined
      startTimes.set(group, Date.now())
      return group
    },
    done: (id, outcome) => {
      const group = groupOf(id)
      outcomes.set(id, outcome)
      if (!group || ended.has(group) || !hasEnded(group, outcomes, outcome)) return undefined
      ended.add(group)
      const seconds = Math.round((Date.now() - (startTimes.get(group) ?? Date.now())) / 1000)
      return { group, outcome: outcomeOf(group, outcomes), seconds }
    },
  }
}

function hasEnded({ ids }: Group, outcomes: ReadonlyMap<string, StepOutcome>, last: StepOutcome): boolean {
  return last === 'failed' || ids.every(id => outcomes.has(id))
}

/** Skipped if none of its steps had anything to do. */
function outcomeOf({ ids }: Group, outcomes: ReadonlyMap<string, StepOutcome>): StepOutcome {
  const all = ids.map(id => outcomes.get(id))
  if (all.includes('failed')) return 'failed'
  return all.includes('done') ? 'done' : 'skipped'
}

/** "✔ Starting services (12 s)" */
export function endedLine({ group: { title }, outcome, seconds }: EndedGroup): string {
  return `${outcome === 'failed' ? '✖' : '✔'} ${withTime(title, seconds)}`
}

/** Appends the time, unless it is negligible. */
export function withTime(title: string, seconds: number): string {
  return seconds < 2 ? title : `${title} (${timeText(seconds)})`
}

function timeText(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
