import type { Fact, Json, PluginManifest, QuickCommand } from '@piko/sdk'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { join } from 'node:path'
import type { LocatedState } from './environment/locate.js'
import { type EnvironmentRecord, subjectOf } from './environment/record.js'
import { readFact } from './lifecycle/facts.js'

/** The packages that piko brings along. */
const FOLDER = fileURLToPath(new URL('../node_modules/@piko', import.meta.url))

/** The quick way that one of piko's own plugins offers for a command. */
export async function findQuickCommand(command: string): Promise<QuickCommand | undefined> {
  for (const name of readdirSync(FOLDER).filter(entry => entry.startsWith('plugin-'))) {
    const root = join(FOLDER, name)
    const { piko } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package
    const module = piko.quick?.[command]
    if (module === undefined) continue
    const { default: quick } = (await import(pathToFileURL(join(root, module)).href)) as Module
    return quick
  }
  return undefined
}

/** Answers with what the state holds about an environment and with whatever the command finds out itself. */
export function runQuickCommand(
  quick: QuickCommand,
  { root, state }: LocatedState,
  { name, branch, path }: EnvironmentRecord,
) {
  const project = state.prepare('SELECT name FROM project WHERE root = ?').pluck().get(root)
  return quick({
    project: { name: String(project), root },
    environment: { name, branch, path },
    // The owner of a fact is the only one who writes it, with the type that its `Fact` carries.
    fact: <Value extends Json>(fact: Fact<Value>) =>
      readFact(state, subjectOf(name), fact.id) as Value | undefined,
  })
}

// Piko's own packages: their shape is tested.
interface Package {
  readonly piko: PluginManifest
}
interface Module {
  readonly default: QuickCommand
}
