import type { Step } from '@piko/sdk'
import { lifecycleErrors } from '../errors/lifecycle.js'
import type { ActivePlugin } from './active-plugin.js'
import { fromLifecycle, type OrderedStep } from './ordered-step.js'
import { phases } from './phases.js'
import { blame } from './run.js'

interface Entry {
  readonly plugin: ActivePlugin
  readonly step: Step
}

/**
 * The steps of the active plugins in the order of execution: by phase, then by `after`, `before` and `requires`, then
 * by id. The order in which plugins were loaded does not matter. Throws `STEP_CYCLE`, naming the cycle.
 */
export function orderSteps(plugins: readonly ActivePlugin[]): readonly OrderedStep[] {
  const entries = plugins.flatMap(plugin => (plugin.definition.steps ?? []).map(step => ({ plugin, step })))
  refuseDuplicates(entries)
  const byId = new Map(entries.map(entry => [entry.step.id as string, entry]))
  refuseWrongEdges(entries, byId)
  return phases.flatMap(({ id }) => {
    const inPhase = entries.filter(entry => entry.step.phase === id)
    return sort(inPhase).map(({ plugin, step }) => fromLifecycle(plugin, step))
  })
}

function refuseDuplicates(entries: readonly Entry[]): void {
  const owners = new Map<string, string>()
  for (const { plugin, step } of entries) {
    const other = owners.get(step.id)
    if (other !== undefined)
      throw lifecycleErrors.STEP_DUPLICATE({ step: step.id, plugins: [other, plugin.name] })
    owners.set(step.id, plugin.name)
  }
}

function refuseWrongEdges(entries: readonly Entry[], byId: ReadonlyMap<string, Entry>): void {
  // Core omits steps that the project does not need.
  const active = new Set(entries.map(({ plugin }) => plugin.name).filter(name => name !== 'core'))
  for (const { plugin, step } of entries) {
    for (const other of [...(step.after ?? []), ...(step.before ?? [])]) {
      const phase = byId.get(other)?.step.phase
      if (phase === undefined && active.has(ownerOf(other)))
        throw blame(lifecycleErrors.STEP_UNKNOWN({ plugin: plugin.name, step: step.id, other }), {
          plugin,
          step,
        })
      if (phase !== undefined && phase !== step.phase)
        throw blame(lifecycleErrors.STEP_MISPLACED({ plugin: plugin.name, step, other, phase }), {
          plugin,
          step,
        })
    }
  }
}

function ownerOf(step: string): string {
  return step.slice(0, step.indexOf(':'))
}

/** Kahn's algorithm; ties go to the lowest id. */
function sort(entries: readonly Entry[]): readonly Entry[] {
  const waiting = new Map(entries.map(entry => [entry.step.id as string, predecessors(entry, entries)]))
  const sorted: Entry[] = []
  const left = [...entries].sort((a, b) => (a.step.id < b.step.id ? -1 : 1))
  while (left.length > 0) {
    const next = left.findIndex(entry => waiting.get(entry.step.id)?.size === 0)
    const [entry] = next < 0 ? [] : left.splice(next, 1)
    if (!entry) throw cycleError(cycleIn(waiting), entries)
    sorted.push(entry)
    waiting.delete(entry.step.id)
    for (const others of waiting.values()) others.delete(entry.step.id)
  }
  return sorted
}

function cycleError(cycle: readonly string[], entries: readonly Entry[]): Error {
  const inCycle = entries.filter(({ step }) => cycle.includes(step.id)).map(({ plugin }) => plugin)
  return lifecycleErrors.STEP_CYCLE({ cycle, plugins: [...new Set(inCycle)] })
}

function predecessors(entry: Entry, entries: readonly Entry[]): Set<string> {
  const goesFirst = (other: Entry) =>
    entry.step.after?.includes(other.step.id) ||
    other.step.before?.includes(entry.step.id) ||
    (entry.plugin.definition.requires?.includes(other.plugin.name) &&
      !entry.step.before?.includes(other.step.id))
  return new Set(entries.filter(other => other !== entry && goesFirst(other)).map(other => other.step.id))
}

/** Follows waiting steps to the steps they wait for, until one repeats. */
function cycleIn(waiting: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const path: string[] = []
  let [current = ''] = waiting.keys()
  while (!path.includes(current)) {
    path.push(current)
    const [next = ''] = waiting.get(current) ?? []
    current = next
  }
  return [...path.slice(path.indexOf(current)), current].reverse()
}
