import { join } from 'node:path'
import { machineStateDir } from '../system/dirs.js'
import { migrate } from './migrate.js'
import { machineMigrations } from './migrations/machine.js'
import { projectMigrations } from './migrations/project.js'
import { type Database, openDatabase } from './open.js'

export function projectStateFile(root: string): string {
  return join(root, '.piko', 'state.db')
}

/** The project's state, created and migrated as needed. */
export function openProjectState(root: string): Database {
  return migrated(openDatabase(projectStateFile(root)), { name: 'core', migrations: projectMigrations })
}

/** The machine-wide registry, created and migrated as needed. */
export function openMachineState(): Database {
  const file = join(machineStateDir(), 'machine.db')
  return migrated(openDatabase(file), { name: 'core', migrations: machineMigrations })
}

function migrated(database: Database, owner: Parameters<typeof migrate>[1]): Database {
  try {
    migrate(database, owner)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
