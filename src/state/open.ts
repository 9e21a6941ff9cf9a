import Sqlite from 'better-sqlite3'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { databaseUnreadable } from './errors.js'

/** An open SQLite database. The one type of it in piko: nothing else imports the driver. */
export type Database = Sqlite.Database

/** Opens a database for piko's state, made if it is not there: WAL, foreign keys, five seconds of patience. */
export function openDatabase(file: string): Database {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const database = keep(new Sqlite(file, { timeout: 5000 }))
    database.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL')
    return database
  } catch (cause) {
    throw databaseUnreadable(file, cause)
  }
}

/** Opens a database to read it, without making or migrating anything. Undefined where there is none. */
export function openForReading(file: string): Database | undefined {
  if (!existsSync(file)) return undefined // the driver has another error for a folder that is not there
  try {
    return keep(new Sqlite(file, { timeout: 5000, fileMustExist: true }))
  } catch (cause) {
    throw databaseUnreadable(file, cause)
  }
}

/** A copy in memory, to try things out on: nothing of it is ever written anywhere. */
export function copyInMemory(database: Database): Database {
  const image = database.serialize()
  image.fill(1, 18, 20) // the file format of a database without a write-ahead log, which one in memory cannot have
  const copy = keep(new Sqlite(image))
  copy.exec('PRAGMA foreign_keys = ON')
  return copy
}

/** Takes an exclusive lock on a small database of its own, which dies with the process. Undefined: somebody has it. */
export function lockDatabase(file: string): Database | undefined {
  mkdirSync(dirname(file), { recursive: true })
  const database = keep(new Sqlite(file, { timeout: 0 }))
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return undefined
    throw databaseUnreadable(file, error)
  }
}

/**
 * Node 24.19 and later abort when an object of the driver is collected while no JavaScript runs (their header's destructor
 * asks for an environment that is not there then). piko ends soon, so until then nothing of the driver's is let go.
 */
function keep(database: Database): Database {
  const prepare = database.prepare.bind(database)
  const keeping = (sql: string) => {
    const statement = prepare(sql)
    kept.push(statement)
    return statement
  }
  kept.push(database)
  return Object.assign(database, { prepare: keeping })
}

const kept: unknown[] = []
