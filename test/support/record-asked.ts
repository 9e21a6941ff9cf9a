// eslint-disable-next-line no-restricted-imports -- it watches the driver itself
import Database from 'better-sqlite3'
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'

// Loaded before piko by `node --import`. Writes every program that piko starts, every request to an engine's API and
// every query to the file that PIKO_TEST_ASKED names: one JSON array a line, first the kind, then the words.

const file = process.env['PIKO_TEST_ASKED']

function record(kind: 'program' | 'question' | 'query', words: readonly string[]): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify([kind, ...words])}\n`)
}

subscribe('child_process', message => {
  const { process: child } = message as { readonly process: { readonly spawnargs: readonly string[] } }
  process.nextTick(() => record('program', child.spawnargs)) // set once it has started
})

subscribe('http.client.request.start', message => {
  const { request } = message as { readonly request: { readonly method: string; readonly path: string } }
  record('question', [request.method, request.path])
})

type Statements = Record<string, (this: Database.Statement, ...values: unknown[]) => unknown>

const memory = new Database(':memory:')
const statements = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Statements
memory.close()
for (const name of ['all', 'get', 'iterate', 'run']) {
  const query = statements[name]
  statements[name] = function (...values) {
    record('query', [this.source])
    return query?.apply(this, values)
  }
}
