import { openJournal } from '../lifecycle/journal.js'
import type { Workspace } from '../workspace/open.js'
import { subjectOf } from './record.js'

/** A plugin that created part of an environment and is no longer installed. */
export interface MissingPlugin {
  readonly plugin: string
  readonly packageName: string
  readonly steps: readonly string[]
}

/** Plugins that are not installed but needed to undo rows. Broken plugins are installed, and reported as broken. */
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
