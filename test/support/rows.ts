import { join } from 'node:path'
import { openForReading } from '#src/state/open.js'

/** Rows by database and table. */
export type Rows = Readonly<Record<string, readonly unknown[]>>

/**
 * Every row of the project's state and the machine's registry, except the projects, the migrations, and what these
 * create.
 */
export function readAllRows({ root, folder }: { readonly root: string; readonly folder: string }): Rows {
  return {
    ...readRows('state', join(root, '.piko/state.db')),
    ...readRows('machine', join(folder, 'home/state/piko/machine.db')),
  }
}

function readRows(label: string, file: string): Rows {
  const database = openForReading(file)
  if (!database) return {}
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
      .map(String)
      .filter(name => !/^(sqlite_|projects?$|migrations$|deploy_settings$)/.test(name))
    const rows = tables.map(
      name => [`${label}.${name}`, database.prepare(`SELECT * FROM "${name}"`).all()] as const,
    )
    return Object.fromEntries(rows.filter(([, found]) => found.length > 0))
  } finally {
    database.close()
  }
}
