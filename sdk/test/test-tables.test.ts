import { createTestContext, testTables } from '@piko/sdk/testing'
import { expect } from 'chai'
import { join } from 'node:path'
import { type Database, openDatabase } from '#src/state/open.js'
import { temporaryFolder } from '#test/support/temp.js'

const migrations = [
  { id: '1-nests', sql: 'CREATE TABLE night_owl_nests (tree TEXT NOT NULL) STRICT' },
  { id: '2-eggs', sql: 'ALTER TABLE night_owl_nests ADD COLUMN eggs INTEGER' },
] as const

describe('tables of a test context', () => {
  let folder: string
  let database: Database
  beforeEach(function () {
    folder = temporaryFolder(this)
    database = openDatabase(join(folder, 'test.db'))
  })
  afterEach(() => database.close())

  it('are created by the plugin’s migrations', () => {
    const tables = testTables(database, { name: 'night-owl', migrations })
    const context = createTestContext({ folder, config: {}, tables })
    context.transaction(({ run }) => run('INSERT INTO night_owl_nests VALUES (?, ?)', 'oak', 3))
    expect(context.read(({ all }) => all('SELECT * FROM night_owl_nests'))).to.deep.equal([
      { tree: 'oak', eggs: 3 },
    ])
  })

  it("follow piko's naming rules", () => {
    const badly = { id: '1-nests', sql: 'CREATE TABLE nests (tree TEXT)' } as const
    expect(() => testTables(database, { name: 'owl', migrations: [badly] })).to.throw(
      'The table nests is not named owl_…',
    )
  })
})
