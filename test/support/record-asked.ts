import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'

// Loaded before piko by `node --import`. Writes every program that piko starts, and every request to an engine's API,
// to the file that PIKO_TEST_ASKED names, one JSON array a line.

const file = process.env['PIKO_TEST_ASKED']

function record(words: readonly string[]): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(words)}\n`)
}

subscribe('child_process', message => {
  const { process: child } = message as { readonly process: { readonly spawnargs: readonly string[] } }
  process.nextTick(() => record(child.spawnargs)) // set once it has started
})

subscribe('http.client.request.start', message => {
  const { request } = message as { readonly request: { readonly method: string; readonly path: string } }
  record([request.method, request.path])
})
