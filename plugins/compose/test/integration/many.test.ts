import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detailsOf, failure } from '@piko/sdk'
import { createTestContext } from '@piko/sdk/testing'
import { type ComposeConfig, config } from '#compose/config.js'
import { type Model, modelFact } from '@piko/plugin-compose/contract'
import { createNetwork } from '#compose/engine/networks.js'
import { migrations } from '#compose/migrations/tables.js'
import { network } from '#compose/steps/network.js'
import { resolve } from '#compose/steps/resolve.js'
import { PassThrough } from 'node:stream'
import { expect } from 'chai'
import { leaseSubnet } from '#src/leases/subnets.js'
import { machineMigrations } from '#src/state/migrations/machine.js'
import { openDatabase } from '#src/state/open.js'
import { tablesOf } from '#src/state/tables.js'
import { docker, dockerLines, requireEngine } from '#test/support/engine.js'
import { subnetsOfOwn } from '#test/support/lanes.js'
import { makeWorld } from '../support/world.js'

const count = 60

describe('compose: more environments than Docker has address pools for', function () {
  before(requireEngine)

  const folder = mkdtempSync(join(tmpdir(), 'piko-many-'))
  const pool = process.env['PIKO_SUBNET_POOL']
  const project = `many${randomInt(1e6)}`
  before(() => (process.env['PIKO_SUBNET_POOL'] = `10.${subnetsOfOwn()}.0.0/18`))
  after(() => {
    if (pool === undefined) delete process.env['PIKO_SUBNET_POOL']
    else process.env['PIKO_SUBNET_POOL'] = pool
    rmSync(folder, { recursive: true, force: true })
  })

  it(`gives ${count} a network each at the same time, and none is left`, async () => {
    const machine = openDatabase(join(folder, 'machine.db'))
    for (const { sql } of machineMigrations) machine.exec(sql)
    const tables = openDatabase(join(folder, 'state.db'))
    for (const { sql } of migrations) tables.exec(sql)
    const model = await oneModel()
    const contexts = Array.from({ length: count }, (_, index) => {
      const environment = `e${index}`
      const parsed: ComposeConfig = config.schema.parse({})
      const made = createTestContext<ComposeConfig>({
        config: parsed,
        folder,
        project,
        environment,
        tables: tablesOf(tables, { name: 'compose', prefix: 'compose_' }),
      })
      const owner = { project: folder, subject: `environment:${environment}` }
      const renamed = JSON.stringify(model).replaceAll('piko-NAME', `piko-${project}-${environment}`)
      made.publish(modelFact, JSON.parse(renamed) as Model)
      return {
        ...made,
        leaseSubnet: (key: string, avoid: readonly string[] = []) =>
          leaseSubnet(machine, { key, owner, avoid }),
      }
    })
    const own = () => dockerLines('network', 'ls', '-q', '--filter', `label=dev.piko.project=${project}`)
    try {
      await inGroups(contexts, 8, context => network.do(context, undefined))
      expect(own().length).to.equal(count)
      const subnets = dockerLines(
        'network',
        'inspect',
        '--format',
        '{{(index .IPAM.Config 0).Subnet}}',
        ...own(),
      )
      expect(new Set(subnets).size).to.equal(count)
    } finally {
      await inGroups(contexts, 8, context => network.undo(context, undefined))
      machine.close()
      tables.close()
    }
    expect(own()).to.deep.equal([])
  })

  it('avoids a subnet that the engine uses, whoever created it', async () => {
    const other = `piko-test-${randomInt(1e9)}`
    const subnet = `10.${subnetsOfOwn()}.0.0/24`
    docker('network', 'create', '--subnet', subnet, other)
    const world = await makeWorld('small')
    try {
      await resolve.do(world.context, undefined)
      let avoided: readonly string[] = []
      const leaseSubnet = (key: string, avoid: readonly string[] = []) => {
        avoided = avoid
        return world.context.leaseSubnet(key)
      }
      await network.do({ ...world.context, leaseSubnet }, undefined)
      expect(avoided).to.include(subnet)
    } finally {
      await world.dispose()
      docker('network', 'rm', other)
    }
  })
})

describe('compose: an engine without an address range left', () => {
  // Messages of Docker 20.10 and 28.5.
  const answers = [
    'Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
    'Error response from daemon: all predefined address pools have been fully subnetted',
  ]
  for (const answer of answers) {
    it(`is explained: ${answer}`, async () => {
      const refused = failure({
        code: 'TOOL_FAILED',
        message: '`docker network create` failed',
        details: [answer],
        kind: 'tool',
      })
      const context = {
        fact: () => undefined,
        look: () => Promise.reject(refused),
        dial: () => new PassThrough(),
        signal: new AbortController().signal,
        exec: () => Promise.reject(refused),
      }
      const wanted = Object.values((await oneModel()).networks)[0]
      if (!wanted) throw new Error('the fixture has a network')
      const owner = { project: 'app', environment: 'feature', root: '/app', id: 'app', formerRoots: [] }
      const error: unknown = await createNetwork(context, wanted, { owner, subnet: undefined }).catch(
        (reason: unknown) => reason,
      )
      expect(detailsOf(error)).to.deep.include({ code: 'COMPOSE_POOLS_EXHAUSTED', kind: 'tool' })
      expect(detailsOf(error)?.message).to.contain(wanted.engineName).and.contain('about 30 networks')
      expect(detailsOf(error)?.hints?.join('\n')).to.contain('docker network prune')
    })
  }
})

/** The model of a small project, with the environment's name as `piko-NAME`. */
async function oneModel(): Promise<Model> {
  const world = await makeWorld('small', { project: 'many' })
  await resolve.do(world.context, undefined)
  const model = world.context.fact(modelFact)
  rmSync(world.context.project.root, { recursive: true, force: true })
  if (!model) throw new Error('no model')
  return JSON.parse(JSON.stringify(model).replaceAll('piko-many-feature', 'piko-NAME')) as Model
}

async function inGroups<Item>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = [...items]
  const workers = Array.from({ length: size }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  })
  await Promise.all(workers)
}
