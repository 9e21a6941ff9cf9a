import { tableLines } from '@piko/sdk'
import type { ListedEnvironment } from '../environment/listing.js'

/** The answer of `piko list`. */
export interface ListAnswer {
  readonly environments: readonly ListedEnvironment[]
}

/** `piko list` for people: a table with a column for each title that a plugin gave. */
export function listLines({ environments }: ListAnswer): readonly string[] {
  if (environments.length === 0) return ['No environments; to make one, run `piko create my-branch`']
  const titles = [...new Set(environments.flatMap(({ columns }) => Object.keys(columns)))]
  const rows = environments.map(({ name, branch, status, columns }) => [
    name,
    status,
    branch,
    ...titles.map(title => columns[title] ?? ''),
  ])
  return tableLines(['Name', 'Status', 'Branch', ...titles], rows)
}
