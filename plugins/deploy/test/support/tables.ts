import { join } from 'node:path'
import { migrations } from '#deploy/migrations/tables.js'
import type { Writing } from '#deploy/store/table.js'
import { migrate } from '#src/state/migrate.js'
import { type Database, openDatabase } from '#src/state/open.js'
import { tablesOf } from '#src/state/tables.js'
import { temporaryFolder } from '#test/support/temp.js'

/** The plugin's tables in a real database file, as core opens and migrates it. */
export interface TestStore extends Writing {
  readonly database: Database
}

export function openStore(context: Mocha.Context): TestStore {
  const database = openDatabase(join(temporaryFolder(context), 'state.db'))
  migrate(database, { name: 'deploy', migrations, tablePrefix: 'deploy_' })
  return storeIn(database)
}

export function storeIn(database: Database): TestStore {
  const tables = tablesOf(database, { name: 'deploy', prefix: 'deploy_' })
  return {
    database,
    read: work => work(tables),
    transaction: work => database.transaction(() => work(tables)).immediate(),
  }
}
