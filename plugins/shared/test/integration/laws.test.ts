import type { Model } from '@piko/plugin-compose/contract'
import { config, type SharedConfig } from '#shared/config.js'
import { migrations } from '#shared/migrations/tables.js'
import { attach } from '#shared/steps/attach.js'
import { choose } from '#shared/steps/choose.js'
import { databases } from '#shared/steps/databases.js'
import { link } from '#shared/steps/link.js'
import { createTestContext, stepLaws, type TestContext, testTables, type World } from '@piko/sdk/testing'
import { randomBytes } from 'node:crypto'
import { openDatabase } from '#src/state/open.js'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker, requireEngine } from '#test/support/engine.js'

const tables = ['shared_services', 'shared_consumers', 'shared_attachments', 'shared_databases']

describe('shared: laws of every step', function () {
  before(requireEngine)

  type Context = TestContext<SharedConfig>
  const server = `piko-laws-${randomBytes(3).toString('hex')}`
  before(() => {
    const labels = ['project', 'service', 'oneoff'].map((name, index) => [
      '--label',
      `com.docker.compose.${name}=${[server, 'queue', 'False'][index] ?? ''}`,
    ])
    docker('run', '-d', '--name', server, ...labels.flat(), '--label', 'dev.piko.project=laws', 'redis:7')
  })
  after(() => void docker('rm', '-f', '-v', server))

  /** A world with a shared Redis, in which every earlier step is done. */
  function worldBefore(steps: readonly { do(context: Context, before: undefined): Promise<unknown> }[]) {
    return async (): Promise<World<Context>> => {
      const folder = mkdtempSync(join(tmpdir(), 'piko-shared-'))
      const rows = testTables(openDatabase(join(folder, 'state.db')), { name: 'shared', migrations })
      const parsed = config.schema.parse({ services: { queue: { per_environment: 'database' } } })
      const context = createTestContext<SharedConfig>({ config: parsed, folder, tables: rows })
      context.facts.set('compose.model', model)
      context.facts.set('compose.settings', { queue: {} })
      context.facts.set('compose.project', server)
      for (const step of steps) await step.do(context, undefined)
      return {
        context,
        observe: () =>
          Promise.resolve({
            rows: tables.map(name => rows.all(`SELECT * FROM ${name}`)),
            keys: docker('exec', server, 'redis-cli', 'INFO', 'keyspace'),
          }),
        dispose: () => {
          rmSync(folder, { recursive: true, force: true })
          return Promise.resolve()
        },
      }
    }
  }

  const suites = [
    stepLaws(choose, worldBefore([])),
    // A running service stays marked as running. It is stopped once unused, if the project requests that.
    stepLaws(link, worldBefore([choose])).filter(({ name }) => !/restores/.test(name)),
    stepLaws(databases, worldBefore([choose, link])),
    stepLaws(attach, worldBefore([choose, link])),
  ]
  for (const { name, run } of suites.flat()) it(name, run)
})

const model: Pick<Model, 'services' | 'networks' | 'project'> = {
  project: 'app',
  services: {
    queue: {
      active: true,
      profiles: [],
      labels: {},
      image: 'redis:7',
      engineName: 'app-queue',
      macAddresses: [],
      devices: [],
      volumesFrom: [],
      externalLinks: [],
      networks: { default: { aliases: ['jobs'], addresses: {} } },
      ports: [],
      mounts: [],
      replicas: 1,
      dependsOn: {},
      links: [],
    },
  },
  networks: {
    default: {
      external: false,
      name: 'app_default',
      engineName: 'piko-app-feature',
      options: {},
      labels: {},
      internal: false,
      attachable: false,
      ipv4: true,
      ipv6: false,
      isLeased: true,
      ranges: [],
      ipam: { options: {} },
    },
  },
}
