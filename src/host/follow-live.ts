import type { ListEntry } from '../environment/list-entry.js'
import { fetchLive, type Live } from '../environment/live.js'
import { readEnvironments } from '../environment/record.js'
import type { Listed } from './gather-listed.js'

/** What is known so far, by entry. */
export type Shown = ReadonlyMap<ListEntry, Live>

/**
 * Fetches the live state of all entries, projects in parallel. Reports every change until all is known or the time is
 * up.
 */
export async function followLive(
  { workspaces }: Listed,
  options: {
    readonly milliseconds: number
    changed(shown: Shown): void
  },
): Promise<{ readonly shown: Shown; readonly problems: readonly Error[] }> {
  const shown = new Map<ListEntry, Live>()
  const signal = AbortSignal.timeout(options.milliseconds)
  const problems = await Promise.all(
    workspaces.map(({ workspace, entries }) =>
      fetchLive({ workspace, records: readEnvironments(workspace.state), signal }, (name, part) => {
        const entry = entries.find(one => one.name === name)
        if (!entry) return
        shown.set(entry, { ...shown.get(entry), ...part })
        options.changed(shown)
      }),
    ),
  )
  return { shown, problems: problems.flat() }
}
