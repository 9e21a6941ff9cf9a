import Sqlite from 'better-sqlite3'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stateErrors } from '../errors/state.js'
import { privateModes } from '../system/write-file.js'

/** An open SQLite database. Nothing else in piko imports the driver. */
export type Database = Sqlite.Database

/**
 * Opens one of piko's databases, creating it if it does not exist: WAL, foreign keys, a busy timeout of five seconds.
 */
export function openDatabase(file: string): Database {
  try {
    makePrivate(file)
    const database = keep(new Sqlite(file, { timeout: 5000 }))
    database.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL')
    return database
  } catch (cause) {
    throw stateErrors.STATE_UNREADABLE({ file, cause })
  }
}

/** Opens a database for reading. Creates and migrates nothing. Undefined if it does not exist. */
export function openForReading(file: string): Database | undefined {
  if (!existsSync(file)) return undefined // a missing folder would be another driver error
  try {
    const database = keep(new Sqlite(file, { timeout: 5000, fileMustExist: true }))
    database.prepare('SELECT 1 FROM sqlite_schema').get()
    return database
  } catch (cause) {
    if (isUnwritable(cause)) return openCopy(file)
    throw stateErrors.STATE_UNREADABLE({ file, cause })
  }
}

/** Why a database is not sound: the driver's error, or what its own check finds. Undefined if it is. */
export function findFault(file: string): unknown {
  try {
    const database = openForReading(file)
    const answer = database?.prepare('PRAGMA integrity_check').pluck().get() as string | undefined
    database?.close()
    return answer === undefined || answer === 'ok' ? undefined : new Error(answer)
  } catch (error) {
    return error instanceof Error && error.cause !== undefined ? error.cause : error
  }
}

/** Whether SQLite failed because it may not write next to the file, which it does even to read. */
export function isUnwritable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (isUnwritable(error.cause)) return true
  return (
    code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || code === 'EROFS' || code === 'EACCES'
  )
}

/** A database in a folder that cannot be written to, with what is still in its log, as a copy in memory. */
function openCopy(file: string): Database {
  const folder = mkdtempSync(join(tmpdir(), 'piko-state-'))
  const copy = join(folder, 'state.db')
  try {
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end)
    const database = new Sqlite(copy, { timeout: 5000 })
    const memory = copyInMemory(keep(database))
    database.close()
    return memory
  } catch (cause) {
    throw stateErrors.STATE_UNREADABLE({ file, cause })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** An empty database in memory. */
export function openBlank(): Database {
  const database = keep(new Sqlite(':memory:'))
  database.exec('PRAGMA foreign_keys = ON')
  return database
}

/** A copy in memory for trial runs. It is never written to disk. */
export function copyInMemory(database: Database): Database {
  const image = database.serialize()
  image.fill(1, 18, 20) // marks the file as not WAL, which does not work in memory
  const copy = keep(new Sqlite(image))
  copy.exec('PRAGMA foreign_keys = ON')
  return copy
}

/**
 * Takes an exclusive lock on a separate small database. The lock ends with the process. Undefined if another process
 * holds it.
 */
export function lockDatabase(file: string): Database | undefined {
  makePrivate(file)
  const database = keep(new Sqlite(file, { timeout: 0 }))
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return undefined
    throw stateErrors.STATE_UNREADABLE({ file, cause: error })
  }
}

/** Creates the file for the user only, or makes it so. SQLite gives its log the same mode. */
export function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: privateModes.folder })
  closeSync(openSync(file, 'a', privateModes.file))
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, privateModes.file)
}

/**
 * Node 24.19 and later abort if one of the driver's objects is garbage-collected while no JavaScript runs: its
 * destructor needs an environment that does not exist then. Since piko is short-lived, it keeps all of the driver's
 * objects alive.
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
