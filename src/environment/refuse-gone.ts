import type { JournalRow } from '../lifecycle/journal.js'
import { phaseRow } from '../lifecycle/phases.js'
import type { Loaded } from '../plugins/load.js'
import { pluginsBroken, pluginsGone } from './errors.js'

/** Throws where only a plugin that is missing or broken could take steps back: said before anything is taken back. */
export function refuseGone(
  name: string,
  { rows, loaded }: { readonly rows: readonly JournalRow[]; readonly loaded: Loaded },
): void {
  const inReach = new Set(['core', ...loaded.plugins.map(plugin => plugin.name)])
  const lost = rows.filter(row => !inReach.has(row.plugin) && phaseRow(row.phase)?.destroy !== false)
  const broken = loaded.broken.filter(plugin => lost.some(row => row.plugin === plugin.name))
  if (broken.length > 0) throw pluginsBroken(name, broken)
  if (lost.length > 0) throw pluginsGone(name, lost)
}
