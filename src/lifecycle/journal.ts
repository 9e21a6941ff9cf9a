import type { Json, Phase } from '@piko/sdk'
import type { Database } from '../state/open.js'
import type { OrderedStep } from './ordered-step.js'
import { undoTitleOf } from './titles.js'

/**
 * The journal's record of one step for one subject. `started` without a later `done` means that its run was
 * interrupted.
 */
export interface JournalRow {
  readonly step: string
  readonly plugin: string
  readonly pluginVersion: string
  readonly packageName: string
  readonly phase: Phase | undefined
  readonly title: string
  /** The title shown while it is undone. */
  readonly undoTitle: string
  readonly state: 'started' | 'done'
  /** The receipt of the last `do`; still set while the step is repeated. */
  readonly receipt: Json | undefined
  readonly input: Json
  readonly position: number
  readonly holdsData: boolean
  readonly keptByDown: boolean
}

/**
 * The journal of one subject. A step's row is written before the step changes anything, and deleted only after its undo
 * succeeded.
 */
export interface Journal {
  readonly subject: string
  /** In the order of execution. */
  rows(): readonly JournalRow[]
  find(step: string): JournalRow | undefined
  started(
    step: OrderedStep,
    run: { readonly id: string; readonly input: Json; readonly position: number },
  ): void
  done(step: string, receipt: Json): void
  forget(step: string): void
  /** Updates the rows of these steps to their current positions. */
  place(steps: readonly OrderedStep[]): void
}

export function openJournal(database: Database, subject: string): Journal {
  const select = 'SELECT * FROM journal WHERE subject = ?'
  return {
    subject,
    rows: () => database.prepare(`${select} ORDER BY position, step`).all(subject).map(toRow),
    find: step => {
      const row = database.prepare(`${select} AND step = ?`).get(subject, step)
      return row === undefined ? undefined : toRow(row)
    },
    started: (step, run) => start(database, { subject, step, run }),
    done: (step, receipt) => {
      const update =
        "UPDATE journal SET state = 'done', receipt = ?, changed_at = ? WHERE subject = ? AND step = ?"
      database.prepare(update).run(JSON.stringify(receipt), new Date().toISOString(), subject, step)
    },
    forget: step =>
      void database.prepare('DELETE FROM journal WHERE subject = ? AND step = ?').run(subject, step),
    place: steps => {
      const update = database.prepare('UPDATE journal SET position = ? WHERE subject = ? AND step = ?')
      database.transaction(() =>
        steps.forEach(({ step }, position) => update.run(position, subject, step.id)),
      )()
    },
  }
}

/** The subjects with rows in this database. */
export function readSubjects(database: Database): readonly string[] {
  return database.prepare('SELECT DISTINCT subject FROM journal ORDER BY subject').pluck().all() as string[]
}

function start(
  database: Database,
  row: {
    readonly subject: string
    readonly step: OrderedStep
    readonly run: { readonly id: string; readonly input: Json; readonly position: number }
  },
): void {
  const { plugin, step, phase, keptByDown } = row.step
  database
    .prepare(
      `INSERT INTO journal (subject, step, plugin, plugin_version, package, phase, title, undo_title, state, input, position, run, holds_data, kept_by_down, changed_at)
       VALUES (:subject, :step, :plugin, :version, :package, :phase, :title, :undoTitle, 'started', :input, :position, :run, :holdsData, :keptByDown, :now)
       ON CONFLICT (subject, step) DO UPDATE SET state = 'started', plugin_version = :version, phase = :phase, title = :title,
         undo_title = :undoTitle, input = :input, position = :position, run = :run, holds_data = :holdsData, kept_by_down = :keptByDown, changed_at = :now`,
    )
    .run({
      subject: row.subject,
      step: step.id,
      plugin: plugin.name,
      version: plugin.version,
      package: plugin.packageName,
      phase: phase ?? null,
      title: step.title,
      undoTitle: undoTitleOf(step),
      input: JSON.stringify(row.run.input),
      position: row.run.position,
      run: row.run.id,
      holdsData: step.holdsData ? 1 : 0,
      keptByDown: keptByDown ? 1 : 0,
      now: new Date().toISOString(),
    })
}

function toRow(value: unknown): JournalRow {
  const row = value as Record<string, string | number | null> // the table is STRICT
  return {
    step: String(row['step']),
    plugin: String(row['plugin']),
    pluginVersion: String(row['plugin_version']),
    packageName: String(row['package']),
    phase: (row['phase'] ?? undefined) as Phase | undefined,
    title: String(row['title']),
    undoTitle: String(row['undo_title'] ?? undoTitleOf({ title: String(row['title']) })),
    state: row['state'] === 'done' ? 'done' : 'started',
    receipt: row['receipt'] === null ? undefined : (JSON.parse(String(row['receipt'])) as Json),
    input: JSON.parse(String(row['input'] ?? 'null')) as Json,
    position: Number(row['position']),
    holdsData: row['holds_data'] === 1,
    keptByDown: row['kept_by_down'] === 1,
  }
}
