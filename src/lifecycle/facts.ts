import type { Json, Warning } from '@piko/sdk'
import type { Database } from '../state/open.js'

export function readFact(database: Database, subject: string, id: string): Json | undefined {
  const text = database
    .prepare('SELECT value FROM facts WHERE subject = ? AND id = ?')
    .pluck()
    .get(subject, id)
  return typeof text === 'string' ? (JSON.parse(text) as Json) : undefined
}

/** A fact of all subjects, by subject. */
export function readFacts(database: Database, id: string): ReadonlyMap<string, Json> {
  const rows = database.prepare('SELECT subject, value FROM facts WHERE id = ?').all(id)
  const texts = rows as { readonly subject: string; readonly value: string }[] // the table is STRICT
  return new Map(texts.map(({ subject, value }) => [subject, JSON.parse(value) as Json]))
}

export function writeFact(
  database: Database,
  subject: string,
  fact: { readonly id: string; readonly value: Json },
): void {
  database
    .prepare('INSERT OR REPLACE INTO facts (subject, id, value) VALUES (?, ?, ?)')
    .run(subject, fact.id, JSON.stringify(fact.value))
}

export function readWarnings(database: Database, subject: string): readonly Warning[] {
  const rows = database
    .prepare('SELECT warning FROM warnings WHERE subject = ? ORDER BY step, number')
    .pluck()
    .all(subject) as string[]
  return rows.map(text => JSON.parse(text) as Warning)
}

export function addWarning(
  database: Database,
  subject: string,
  { step, warning }: { readonly step: string; readonly warning: Warning },
): void {
  database
    .prepare(
      `INSERT INTO warnings (subject, step, number, warning)
       SELECT :subject, :step, count(*), :warning FROM warnings WHERE subject = :subject AND step = :step`,
    )
    .run({ subject, step, warning: JSON.stringify(warning) })
}

export function forgetWarnings(database: Database, subject: string, step: string): void {
  database.prepare('DELETE FROM warnings WHERE subject = ? AND step = ?').run(subject, step)
}

/** Deletes the facts, warnings and journal rows of a removed subject. */
export function forgetSubject(database: Database, subject: string): void {
  for (const table of ['facts', 'warnings', 'journal']) {
    database.prepare(`DELETE FROM ${table} WHERE subject = ?`).run(subject)
  }
}
