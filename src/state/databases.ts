import { join } from 'node:path'
import { machineStateDir } from '../system/dirs.js'
import { backUpDaily } from './backups.js'
import { migrate, type Owner } from './migrate.js'
import { machineMigrations } from './migrations/machine.js'
import { projectMigrations } from './migrations/project.js'
import { copyInMemory, type Database, isUnwritable, openBlank, openDatabase, openForReading } from './open.js'

export function projectStateFile(root: string): string {
  return join(root, '.piko', 'state.db')
}

export function machineStateFile(): string {
  return join(machineStateDir(), 'machine.db')
}

/**
 * How databases are opened: `write` creates and migrates them as needed. `read` does the same, but with a copy in memory
 * if they cannot be written to. `blank` opens empty ones in memory, whatever the files are.
 */
export type Access = 'write' | 'read' | 'blank'

/** The project's state. */
export function openProjectState(root: string, access: Access = 'write'): Database {
  return open(projectStateFile(root), { access, owner: { name: 'core', migrations: projectMigrations } })
}

/** The machine-wide registry. */
export function openMachineState(access: Access = 'write'): Database {
  return open(machineStateFile(), { access, owner: { name: 'core', migrations: machineMigrations } })
}

type Opening = { readonly access: Access; readonly owner: Owner }

function open(file: string, { access, owner }: Opening): Database {
  if (access === 'blank') return migrated(openBlank(), owner)
  try {
    const database = migrated(openDatabase(file), owner)
    backUpDaily(database)
    return database
  } catch (error) {
    if (access === 'write' || !isUnwritable(error)) throw error
    return migrated(readCopy(file), owner)
  }
}

function readCopy(file: string): Database {
  const database = openForReading(file)
  if (!database) return openBlank()
  return database.memory ? database : copyInMemory(database)
}

function migrated(database: Database, owner: Owner): Database {
  try {
    migrate(database, owner)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
