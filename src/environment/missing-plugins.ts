import { openJournal } from '../lifecycle/journal.js'
import type { Workspace } from '../workspace/open.js'
import { subjectOf } from './record.js'

/** A plugin that has made something of an environment and is not installed any more. */
export interface MissingPlugin {
  readonly plugin: string
  readonly packageName: string
  readonly steps: readonly string[]
}

/** What only a plugin that is not installed could take back. A broken one is installed; it is told of as such. */
export function findMissingPlugins(
  { state, loaded }: Pick<Workspace, 'state' | 'loaded'>,
  name: string,
): readonly MissingPlugin[] {
  const installed = new Set(['core', ...[...loaded.plugins, ...loaded.broken].map(plugin => plugin.name)])
  const rows = openJournal(state, subjectOf(name))
    .rows()
    .filter(({ plugin }) => !installed.has(plugin))
  const packages = new Map(rows.map(({ plugin, packageName }) => [plugin, packageName]))
  return [...packages].map(([plugin, packageName]) => {
    return { plugin, packageName, steps: rows.filter(row => row.plugin === plugin).map(({ step }) => step) }
  })
}
