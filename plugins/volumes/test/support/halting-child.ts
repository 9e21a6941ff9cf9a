import type { StepContext } from '@piko/sdk'
import { createTestContext } from '@piko/sdk/testing'
import { openDatabase } from '#src/state/open.js'
import { tablesOf } from '#src/state/tables.js'
import type { VolumesConfig } from '#volumes/config.js'
import { fetchUsers } from '@piko/plugin-compose/contract/engine'
import { whileHalted } from '#volumes/halt/halt.js'

/** Halts the containers that use a volume and waits to be killed: `node halting-child.js FOLDER DATABASE VOLUME`. */
const [folder = '', file = '', volume = ''] = process.argv.slice(2)
const tables = tablesOf(openDatabase(file), { name: 'volumes', prefix: 'volumes_' })
const context: StepContext<VolumesConfig> = createTestContext({
  folder,
  tables,
  config: { copy: [], shared: [], source: 'main' },
})
const containers = await fetchUsers(context, [volume])
await whileHalted(context, {
  containers,
  because: 'while a test looked on',
  work: () => {
    console.log('halted')
    return new Promise(() => setInterval(() => undefined, 1000))
  },
})
