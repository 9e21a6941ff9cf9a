import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Database, findFault, makePrivate, openForReading } from './open.js'

const KEPT = 3

export interface Backup {
  readonly file: string
  /** When it was made. */
  readonly date: Date
}

/** Keeps a copy of the database, whole and verified. A copy that is not sound replaces nothing. */
export function backUp(database: Database, file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const own = `${file}.${randomUUID().slice(0, 8)}`
  try {
    makePrivate(own) // SQLite accepts an empty file
    database.prepare('VACUUM INTO ?').run(own)
    if (findFault(own) === undefined) renameSync(own, file)
  } finally {
    rmSync(own, { force: true })
  }
}

/** The same once a day, of which a few are kept. A full disk, for one, must not keep a command from its work. */
export function backUpDaily(database: Database): void {
  if (database.memory) return
  const folder = backupFolder(database.name)
  const file = join(folder, `${basename(database.name)}.${new Date().toISOString().slice(0, 10)}`)
  if (existsSync(file) || isEmpty(database)) return
  try {
    backUp(database, file)
    const old = dailyBackups(database.name).slice(KEPT)
    for (const { file: surplus } of old) rmSync(surplus, { force: true })
  } catch {
    return // tried again by the next command
  }
}

/** A backup of nothing would be the only one of its day. */
function isEmpty(database: Database): boolean {
  const sql = "SELECT 1 FROM sqlite_schema WHERE name = 'environments'"
  const table = database.prepare(sql).get() === undefined ? 'blocks' : 'environments'
  return database.prepare(`SELECT 1 FROM ${table}`).get() === undefined
}

/** The newest sound backup of a database: a daily one, or the one from before the last migration. */
export function findSoundBackup(database: string): Backup | undefined {
  const beforeMigration = backupsIn(
    dirname(database),
    name => name === `${basename(database)}.before-migration`,
  )
  const all = [...dailyBackups(database), ...beforeMigration]
  return newestFirst(all).find(({ file }) => findFault(file) === undefined && hasTables(file))
}

/** Replaces a database by a backup. What was there is kept next to it. Returns its new name. */
export function restoreBackup(database: string, backup: Backup): string {
  const aside = setAside(database)
  const copy = openForReading(backup.file)
  makePrivate(database)
  copy?.prepare('VACUUM INTO ?').run(database)
  copy?.close()
  return aside
}

/** Moves a database and its log out of the way. Nothing is removed: someone may still recover what is in it. */
export function setAside(database: string): string {
  const aside = `${database}.broken-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(database + end)) renameSync(database + end, aside + end)
  return aside
}

function backupFolder(database: string): string {
  return join(dirname(database), 'backup')
}

function dailyBackups(database: string): readonly Backup[] {
  const prefix = `${basename(database)}.`
  return newestFirst(
    backupsIn(backupFolder(database), name => name.startsWith(prefix) && /\.\d{4}-\d\d-\d\d$/.test(name)),
  )
}

function backupsIn(folder: string, isBackup: (name: string) => boolean): readonly Backup[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder)
    .filter(isBackup)
    .map(name => join(folder, name))
  return files.map(file => ({ file, date: statSync(file).mtime }))
}

function newestFirst(backups: readonly Backup[]): readonly Backup[] {
  return [...backups].sort((one, other) => other.date.getTime() - one.date.getTime())
}

/** An empty file is a sound database too. */
function hasTables(file: string): boolean {
  const database = openForReading(file)
  const has = database?.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() !== undefined
  database?.close()
  return has
}
