import type { Fact, Json, QuickCommand } from '@piko/sdk'
import type { LocatedState } from '../environment/locate.js'
import { type EnvironmentRecord, subjectOf } from '../environment/record.js'
import { readFact } from '../lifecycle/facts.js'
import { BUNDLE, readOwnPackages } from '../oclif/own-packages.js'

/** The quick way that one of piko's own plugins offers for a command. */
export async function findQuickCommand(command: string): Promise<QuickCommand | undefined> {
  const modules = readOwnPackages().map(({ pjson }) => pjson.piko.quick?.[command])
  const module = modules.find(path => path !== undefined)
  if (module === undefined) return undefined
  const { default: quick } = (await import(new URL(module, BUNDLE).href)) as Module
  return quick
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
interface Module {
  readonly default: QuickCommand
}
