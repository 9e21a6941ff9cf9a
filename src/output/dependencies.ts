import { dependenciesFact, type Dependency, tableLines } from '@piko/sdk'
import { subjectOf } from '../environment/record.js'
import { readFact } from '../lifecycle/facts.js'
import type { Workspace } from '../workspace/open.js'

const words: Readonly<Record<Dependency['how'], string>> = {
  copied: "a copy of the main checkout's",
  installed: 'installed in a container, in a volume',
  linked: "a link to the main checkout's",
  absent: 'not there',
}

/** How each dependency folder of an environment was installed. */
export function readDependencies({ state }: Workspace, name: string): readonly Dependency[] {
  // Core publishes this fact itself, with the type of its `Fact`.
  return (readFact(state, subjectOf(name), dependenciesFact.id) ?? []) as readonly Dependency[]
}

export function dependencyLines(dependencies: readonly Dependency[]): readonly string[] {
  if (dependencies.length === 0) return []
  const rows = dependencies.map(({ path, how, seen }) => {
    return [path, words[how], [...new Set(seen.map(({ service }) => service))].join(', ')]
  })
  return tableLines(['Dependencies', 'Here', 'Services'], rows)
}
