import type { Fact, Json, QuickCommand } from '@piko/sdk'
import type { LocatedState } from '../environment/locate.js'
import { type EnvironmentRecord, subjectOf } from '../environment/record.js'
import { readIdentity } from '../project/identity.js'
import { readFact } from '../lifecycle/facts.js'
import { BUNDLE, readOwnPackages } from '../oclif/own-packages.js'

/** The quick version of a command, if one of piko's own plugins has it. */
export async function findQuickCommand(command: string): Promise<QuickCommand | undefined> {
  const modules = readOwnPackages().map(({ pjson }) => pjson.piko.quick?.[command])
  const module = modules.find(path => path !== undefined)
  if (module === undefined) return undefined
  const { default: quick } = (await import(new URL(module, BUNDLE).href)) as Module
  return quick
}

/** Runs a quick command with the recorded state of an environment. */
export function runQuickCommand(
  quick: QuickCommand,
  { root, state }: LocatedState,
  { name, branch, path }: EnvironmentRecord,
) {
  const known = readIdentity(state)
  if (known?.id === undefined) throw new Error('the project has no id yet') // the full command gives it one
  return quick({
    project: { ...known, id: known.id, root },
    environment: { name, branch, path },
    // Only the owner writes a fact, with the type of its `Fact`.
    fact: <Value extends Json>(fact: Fact<Value>) =>
      readFact(state, subjectOf(name), fact.id) as Value | undefined,
  })
}

// One of piko's own packages. A test checks their shape.
interface Module {
  readonly default: QuickCommand
}
