import { expect } from 'chai'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readPorts } from '#src/ports/lease.js'
import { openProjectState, projectStateFile } from '#src/state/databases.js'
import { migrate } from '#src/state/migrate.js'
import { projectMigrations } from '#src/state/migrations/project.js'
import { type Database, openDatabase } from '#src/state/open.js'
import { tablesOf } from '#src/state/tables.js'
import { temporaryFolder } from '../../support/temp.js'

const first = { id: '1-a', sql: 'CREATE TABLE fake_a (x TEXT) STRICT' } as const
const second = { id: '2-b', sql: 'CREATE TABLE fake_b (x TEXT) STRICT' } as const

describe('migrate', () => {
  let file: string
  let database: Database
  beforeEach(function () {
    file = join(temporaryFolder(this), 'state.db')
    database = openDatabase(file)
  })
  afterEach(() => database.close())

  const owner = (...migrations: { readonly id: `${number}-${string}`; readonly sql: string }[]) => {
    return { name: 'fake', migrations, tablePrefix: 'fake_' }
  }

  it('applies missing migrations, after backing up the database', () => {
    migrate(database, owner(first))
    expect(existsSync(`${file}.before-migration`)).to.equal(false)
    database.exec("INSERT INTO fake_a VALUES ('kept')")
    migrate(database, owner(first, second))
    expect(database.prepare('SELECT x FROM fake_a').pluck().all()).to.deep.equal(['kept'])
    const backup = openDatabase(`${file}.before-migration`)
    expect(backup.prepare('SELECT x FROM fake_a').pluck().all()).to.deep.equal(['kept'])
    expect(() => backup.prepare('SELECT x FROM fake_b')).to.throw('no such table')
    backup.close()
  })

  it('applies all or nothing', () => {
    const broken = {
      id: '2-broken',
      sql: 'CREATE TABLE fake_c (x TEXT); CREATE TABLE fake_a (x TEXT)',
    } as const
    expect(() => migrate(database, owner(first, broken))).to.throw('nothing was changed')
    expect(() => database.prepare('SELECT * FROM fake_a')).to.throw('no such table')
    expect(() => database.prepare('SELECT * FROM fake_c')).to.throw('no such table')
  })

  it('refuses a database newer than the program', () => {
    migrate(database, owner(first, second))
    expect(() => migrate(database, owner(first))).to.throw(
      'was written by a newer fake: it has the migration 2-b',
    )
  })

  it('refuses a migration whose text changed', () => {
    migrate(database, owner(first))
    expect(() => migrate(database, owner({ ...first, sql: 'CREATE TABLE fake_a (y TEXT)' }))).to.throw(
      'is not the one',
    )
  })

  it("refuses another owner's table", () => {
    database.exec('CREATE TABLE other (x TEXT)')
    for (const sql of [
      'CREATE TABLE mine (x TEXT)',
      'DROP TABLE other',
      'ALTER TABLE other ADD COLUMN y TEXT',
    ]) {
      expect(() => migrate(database, owner({ id: '1-x', sql }))).to.throw('which belongs to another plugin')
    }
    expect(database.prepare('SELECT * FROM other').all()).to.deep.equal([])
  })
})

describe('the tables of a plugin', () => {
  it('are private: statements on other tables are refused', function () {
    const state = openProjectState(temporaryFolder(this))
    state.exec('CREATE TABLE fake_a (x TEXT) STRICT')
    const tables = tablesOf(state, { name: 'fake', prefix: 'fake_' })
    tables.run('INSERT INTO fake_a VALUES (?)', 'one')
    expect(tables.all('SELECT x FROM fake_a')).to.deep.equal([{ x: 'one' }])
    for (const sql of [
      'DELETE FROM environments',
      "UPDATE environments SET name = 'x'",
      "INSERT INTO project (root, name) VALUES ('a', 'b')",
      'SELECT * FROM environments',
      'SELECT x FROM fake_a JOIN environments ON name = x',
      'DROP TABLE environments',
      'SELECT * FROM sqlite_schema',
    ]) {
      expect(() => tables.run(sql), sql).to.throw('which belongs to another plugin')
    }
    state.close()
  })
})

describe('the state of a project', () => {
  it('is in WAL mode with foreign keys, and strict', function () {
    const state = openProjectState(temporaryFolder(this))
    expect(state.pragma('journal_mode', { simple: true })).to.equal('wal')
    expect(state.pragma('foreign_keys', { simple: true })).to.equal(1)
    const strict = state.pragma('table_list') as { name: string; strict: number }[]
    const loose = strict.filter(table => table.strict === 0 && !table.name.startsWith('sqlite_'))
    expect(loose).to.deep.equal([])
    state.close()
  })

  it('keeps the ports of environments created by an older piko', function () {
    const root = temporaryFolder(this)
    mkdirSync(join(root, '.piko'))
    const old = openDatabase(projectStateFile(root))
    migrate(old, { name: 'core', migrations: projectMigrations.slice(0, 1) })
    old.exec(`
      INSERT INTO environments (id, name, branch, path, status, created_at) VALUES (1, 'a', 'b', '/c', 'running', 'now');
      INSERT INTO ports VALUES (1, 'web', 80, 'tcp', 10180);`)
    old.close()
    const state = openProjectState(root)
    expect(readPorts(state, 'environment:a')).to.deep.equal({ 'web:80/tcp': 10180 })
    state.close()
  })
})
