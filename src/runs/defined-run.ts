import type { Json, Outcome, RunDefinition, RunName } from '@piko/sdk'
import { lifecycleErrors } from '../errors/lifecycle.js'
import { runErrors } from '../errors/runs.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import type { OtherRuns } from '../lifecycle/context.js'
import { forgetSubject } from '../lifecycle/facts.js'
import type { JournalRow } from '../lifecycle/journal.js'
import { narrateInside } from '../lifecycle/narrator.js'
import type { AnyStep, OrderedStep } from '../lifecycle/ordered-step.js'
import type { Scope } from '../lifecycle/scope.js'
import { undoRows } from '../lifecycle/unwind.js'
import { wind } from '../lifecycle/wind.js'
import { releaseLeases } from '../leases/owner.js'
import { forgetPorts } from '../ports/lease.js'
import { installedPlugins } from '../workspace/open.js'
import { type Command, holdLock, makeRun, type ScopedRun } from './begin-run.js'
import { runLock } from './locks.js'
import { runScope } from './run-scope.js'

/** Performs a run about the project, the machine or a stage. Rolls back on failure. */
export function windRun(command: Command, name: RunName, input: Json): Promise<Outcome> {
  return begin(command, { name, input }, async ({ run, steps, once }) => {
    try {
      if (once) await undo(run, steps)
      const outcome = await wind(run, steps)
      if (once) steps.forEach(({ step }) => run.journal.forget(step.id))
      return outcome
    } finally {
      if (run.journal.rows().length === 0) forget(run.scope)
    }
  })
}

/** Undoes a run of this process or an earlier one. */
export function undoRun(command: Command, name: RunName): Promise<Outcome> {
  return begin(command, { name, input: null }, async ({ run, steps }) => {
    await undo(run, steps)
    forget(run.scope)
    return { reports: [] }
  })
}

/**
 * Cleans up after an interrupted process. A run with `once` is undone. Of other runs, only steps without a receipt are
 * undone: a repeated step has what earlier runs made, perhaps data.
 */
export function recoverRun(command: Command, name: RunName): Promise<void> {
  return begin(command, { name, input: null }, async ({ run, steps, once }) => {
    for (const { step, state, receipt } of run.journal.rows())
      if (!once && state === 'started' && receipt !== undefined) run.journal.done(step, receipt)
    await undo(run, steps, once ? () => true : ({ state }) => state === 'started')
  })
}

/** Lets the steps of a command's runs ensure and undo other runs, whose progress appears under the step's title. */
export function otherRuns(command: Command): OtherRuns {
  const inside = (progress: (line: string) => void) => {
    return { ...command, narrator: narrateInside(command.narrator, progress) }
  }
  return {
    ensure: async (run, { input, ...key }, progress) => {
      await windRun(inside(progress), { run, ...key }, input)
    },
    takeBack: async (name, progress) => {
      await undoRun(inside(progress), name)
    },
  }
}

/** Finds a run and its plugin by the run's id. Throws `RUN_UNKNOWN`. */
export function findRun(
  plugins: readonly ActivePlugin[],
  id: string,
): { readonly plugin: ActivePlugin; readonly definition: RunDefinition } {
  for (const plugin of plugins) {
    const definition = plugin.definition.runs?.find(run => run.ref.id === id)
    if (definition) return { plugin, definition }
  }
  throw runErrors.RUN_UNKNOWN({ id })
}

interface Begun {
  readonly run: ScopedRun
  readonly steps: readonly OrderedStep[]
  readonly once: boolean
}

function begin<Result>(
  command: Command,
  { name, input }: { readonly name: RunName; readonly input: Json },
  work: (begun: Begun) => Promise<Result>,
): Promise<Result> {
  const { workspace } = command
  const { plugin, definition } = findRun(installedPlugins(workspace), name.run.id)
  const scope = { ...runScope(workspace, name), input }
  const run = makeRun(command, scope, { verb: 'run', runs: otherRuns(command), retry: 'piko doctor --fix' })
  const steps = definition.steps.map(step => unordered(plugin, step as AnyStep))
  const lock = { file: runLock(workspace.project.root, name), holder: `piko: ${name.run.id}` }
  return holdLock(command, lock, () => work({ run, steps, once: definition.once ?? false }))
}

/** Steps of these runs have no phases or edges: they run in the listed order. */
function unordered(plugin: ActivePlugin, step: AnyStep): OrderedStep {
  return { plugin, step, phase: undefined, keptByDown: false, after: [], before: [] }
}

async function undo(
  run: ScopedRun,
  steps: readonly OrderedStep[],
  matches: (row: JournalRow) => boolean = () => true,
): Promise<void> {
  const find = (row: { readonly step: string }) => steps.find(({ step }) => step.id === row.step)
  const { leftovers } = await undoRows(run, { rows: run.journal.rows().filter(matches), find, verb: 'run' })
  if (leftovers.length > 0) throw lifecycleErrors.RUN_INCOMPLETE({ leftovers, retry: run.retry })
}

function forget({ database, state, machine, owner }: Scope): void {
  forgetSubject(database, owner.subject)
  forgetPorts(state, owner.subject)
  releaseLeases(machine, owner)
}
