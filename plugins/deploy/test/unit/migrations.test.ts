import { expect } from 'chai'
import { join } from 'node:path'
import { migrations } from '#deploy/migrations/tables.js'
import { stages } from '#deploy/store/stages.js'
import { readSettings } from '#deploy/store/settings.js'
import { migrate } from '#src/state/migrate.js'
import { openDatabase } from '#src/state/open.js'
import { temporaryFolder } from '#test/support/temp.js'
import { addDeploy, addStage } from '../support/rows.js'
import { storeIn } from '../support/tables.js'

/** Rows as each released schema wrote them, by its last migration. */
const released: Readonly<Record<string, string>> = {
  '1-stages': `
    INSERT INTO deploy_stages (id, name, service, image, created_at, updated_at)
      VALUES ('a', 'staging', 'web', 'r.example.org/web', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');
    UPDATE deploy_settings SET keep = 7;`,
}

describe('deploy: migrations', () => {
  for (const [index, { id }] of migrations.entries())
    it(`bring a database of ${id} up to date with its rows`, function () {
      const database = openDatabase(join(temporaryFolder(this), 'state.db'))
      const owner = { name: 'deploy', tablePrefix: 'deploy_' }
      migrate(database, { ...owner, migrations: migrations.slice(0, index + 1) })
      database.exec(released[id] ?? '')
      migrate(database, { ...owner, migrations })
      const store = storeIn(database)
      expect(stages.all(store).map(({ name, environment }) => [name, environment])).to.deep.equal([
        ['staging', {}],
      ])
      expect(readSettings(store).keep).to.equal(7)
      expect(addDeploy(store, addStage(store, 'demo').id, { number: 1 }).status).to.equal('success')
      database.close()
    })

  it('have rows for every release in this test', () => {
    expect(Object.keys(released)).to.deep.equal(migrations.map(({ id }) => id))
  })
})
