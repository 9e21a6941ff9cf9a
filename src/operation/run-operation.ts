import type { Json, Outcome, PortRequest, RunDefinition, RunName, RunRef, Subject } from '@piko/sdk'
import { randomUUID } from 'node:crypto'
import { join, relative } from 'node:path'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { makeContext } from '../lifecycle/context.js'
import { leftBehind } from '../lifecycle/errors.js'
import { addWarning, forgetSubject, forgetWarnings } from '../lifecycle/facts.js'
import type { Ground, OtherRuns } from '../lifecycle/ground.js'
import type { Interrupt } from '../lifecycle/interrupt.js'
import { type JournalRow, openJournal } from '../lifecycle/journal.js'
import { withLock } from '../lifecycle/lock.js'
import { narrateInside, type Narrator } from '../lifecycle/narrator.js'
import type { AnyStep, OrderedStep } from '../lifecycle/ordered-step.js'
import type { Run } from '../lifecycle/run.js'
import { runSubject } from '../lifecycle/run-subject.js'
import { undoRows } from '../lifecycle/unwind.js'
import { wind } from '../lifecycle/wind.js'
import { releaseLeases } from '../leases/owner.js'
import { forgetPorts, leasePorts } from '../ports/lease.js'
import { machineStateDir } from '../system/dirs.js'
import { excludeFromGit } from '../worktree/exclude-from-git.js'
import type { Workspace } from '../workspace/open.js'
import { noEnvironment, runUnknown } from './errors.js'

/** Who runs an operation, and what it needs of the command around it. */
export interface Operator {
  readonly workspace: Workspace
  /** Every loaded plugin: an operation does not depend on what is active in a project. */
  readonly plugins: readonly ActivePlugin[]
  readonly interrupt: Interrupt
  readonly narrator: Narrator
}

export interface Operation {
  readonly ref: RunRef<Json>
  readonly key?: string
  readonly input: Json
}

/** Does a journalled operation about the project, the machine or a stage; a failure takes back what it made. */
export async function runOperation(operator: Operator, operation: Operation): Promise<Outcome> {
  const { steps, run, ground, once } = prepare(operator, operation)
  return locked(operator, operation, async () => {
    try {
      if (once) await takeBackRows(run, steps)
      const outcome = await wind(run, steps)
      if (once) steps.forEach(({ step }) => run.journal.forget(step.id))
      return outcome
    } finally {
      if (run.journal.rows().length === 0) forget(ground)
    }
  })
}

/** Takes back what an operation has made, in this process or an earlier one. */
export async function takeBackOperation(
  operator: Operator,
  operation: Omit<Operation, 'input'>,
): Promise<Outcome> {
  const { steps, run, ground } = prepare(operator, { ...operation, input: null })
  return locked(operator, operation, async () => {
    await takeBackRows(run, steps)
    forget(ground)
    return { reports: [] }
  })
}

/**
 * Ends what a process has left half-done. What stands for itself is taken back. Of what lasts, only steps that were never
 * done before are: one that was being done again has what earlier runs made, and perhaps data.
 */
export async function settleOperation(
  operator: Operator,
  operation: Omit<Operation, 'input'>,
): Promise<void> {
  const { steps, run, once } = prepare(operator, { ...operation, input: null })
  await locked(operator, operation, async () => {
    for (const { step, state, receipt } of run.journal.rows())
      if (!once && state === 'started' && receipt !== undefined) run.journal.done(step, receipt)
    await takeBackRows(run, steps, once ? () => true : ({ state }) => state === 'started')
  })
}

async function takeBackRows(
  run: Run,
  steps: readonly OrderedStep[],
  isMeant: (row: JournalRow) => boolean = () => true,
): Promise<void> {
  const find = (row: { step: string }) => steps.find(({ step }) => step.id === row.step)
  const { leftovers } = await undoRows(run, { rows: run.journal.rows().filter(isMeant), find, verb: 'run' })
  if (leftovers.length > 0) throw leftBehind(leftovers, { retry: run.retry })
}

function forget({ database, state, machine, owner }: Ground): void {
  forgetSubject(database, owner.subject)
  forgetPorts(state, owner.subject)
  releaseLeases(machine, owner)
}

/** How a step of another subject's run relies on operations. */
export function otherRunsBy(operator: Operator): OtherRuns {
  const inside = (progress: (line: string) => void) => {
    return { ...operator, narrator: narrateInside(operator.narrator, progress) }
  }
  return {
    ensure: async (ref, request, progress) => {
      await runOperation(inside(progress), { ref, ...request })
    },
    takeBack: async ({ run: ref, ...key }, progress) => {
      await takeBackOperation(inside(progress), { ref, ...key })
    },
  }
}

interface Prepared {
  readonly steps: readonly OrderedStep[]
  readonly run: Run
  readonly ground: Ground
  readonly once: boolean
}

function prepare(operator: Operator, operation: Operation): Prepared {
  const { plugin, definition } = findRun(operator.plugins, operation.ref.id)
  const steps = definition.steps.map(step => ({
    plugin,
    step: step as AnyStep,
    phase: undefined,
    keptByDown: false,
    after: [],
    before: [],
  }))
  const ground = operationGround(operator, operation)
  const { interrupt, narrator } = operator
  const run: Run = {
    id: randomUUID(),
    verb: 'run',
    journal: openJournal(ground.database, ground.owner.subject),
    input: operation.input,
    interrupt,
    narrator,
    retry: 'piko doctor --fix',
    contextOf: ({ plugin: owner, step }, { input = operation.input, ...situation }) =>
      makeContext(
        { ...ground, input },
        {
          ...situation,
          plugin: owner,
          step: step.id,
          progress: line => narrator.progress(step.id, line),
          say: narrator.say,
        },
      ),
    settle: () => undefined,
    forgetWarnings: step => forgetWarnings(ground.database, ground.owner.subject, step),
    warn: (step, warning) => addWarning(ground.database, ground.owner.subject, { step, warning }),
  }
  return { steps, run, ground, once: definition.once ?? false }
}

function operationGround(operator: Operator, operation: Operation): Ground {
  const { workspace, plugins } = operator
  const isMachine = operation.ref.subject === 'machine'
  const { project, machine, repository, state, config } = workspace
  const subject = subjectText(operation)
  const refuse = () => {
    throw noEnvironment(operation.ref.id)
  }
  const owner = { project: isMachine ? '' : project.root, subject }
  const assignPorts = (requests: readonly PortRequest[]) =>
    leasePorts({ state, machine, owner, block: 0, range: config.ports, pinned: {} }, requests)
  return {
    project,
    subject: subjectOf(operation),
    owner,
    database: databaseOf(workspace, operation.ref),
    machine,
    state,
    plugins,
    flags: {},
    targets: [],
    input: operation.input,
    logDir: join(isMachine ? machineStateDir() : join(project.root, '.piko'), 'logs'),
    environment: refuse,
    cwd: () => project.root,
    variables: () => ({}),
    assignPorts: isMachine ? refuse : assignPorts,
    hideFromGit: path => excludeFromGit(repository, [`/${relative(project.root, path)}`]),
    runs: otherRunsBy(operator),
  }
}

/** A run by its id, with its plugin. Throws RUN_UNKNOWN. */
export function findRun(
  plugins: readonly ActivePlugin[],
  id: string,
): { readonly plugin: ActivePlugin; readonly definition: RunDefinition } {
  for (const plugin of plugins) {
    const definition = plugin.definition.runs?.find(run => run.ref.id === id)
    if (definition) return { plugin, definition }
  }
  throw runUnknown(id)
}

function locked<Result>(
  { workspace, interrupt, narrator }: Operator,
  { ref, key }: Omit<Operation, 'input'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const file = lockFileOf(workspace, key === undefined ? { run: ref } : { run: ref, key })
  const onWait = (holder: string) => narrator.say(`Waiting for \`${holder}\``)
  return withLock({ file, holder: `piko: ${ref.id}`, signal: interrupt.first, onWait }, work)
}

export function lockFileOf({ project }: Workspace, name: RunName): string {
  const folder = name.run.subject === 'machine' ? machineStateDir() : join(project.root, '.piko')
  return join(folder, 'locks', `${runSubject(name).replaceAll(/[^A-Za-z0-9.-]/g, '-')}.db`)
}

function databaseOf(workspace: Workspace, ref: RunRef<Json>): Workspace['state'] {
  return ref.subject === 'machine' ? workspace.machine : workspace.state
}

function subjectText({ ref, key }: Omit<Operation, 'input'>): string {
  return runSubject(key === undefined ? { run: ref } : { run: ref, key })
}

function subjectOf({ ref, key }: Operation): Subject {
  return ref.subject === 'stage' ? { kind: 'stage', name: key ?? '' } : { kind: ref.subject }
}
