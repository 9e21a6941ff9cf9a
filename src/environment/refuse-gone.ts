import { environmentErrors } from '../errors/environment.js'
import type { JournalRow } from '../lifecycle/journal.js'
import type { Loaded } from '../plugins/load.js'

/** Throws before anything is undone if some steps need a missing or broken plugin. */
export function refuseGone(
  command: string,
  {
    name,
    rows,
    loaded,
  }: { readonly name: string; readonly rows: readonly JournalRow[]; readonly loaded: Loaded },
): void {
  const inReach = new Set(['core', ...loaded.plugins.map(plugin => plugin.name)])
  const lost = rows.filter(row => !inReach.has(row.plugin))
  const broken = loaded.broken.filter(plugin => lost.some(row => row.plugin === plugin.name))
  if (broken.length > 0) throw environmentErrors.ENVIRONMENT_PLUGIN_BROKEN({ name, command, broken })
  if (lost.length > 0) throw environmentErrors.ENVIRONMENT_PLUGIN_GONE({ name, command, rows: lost })
}
