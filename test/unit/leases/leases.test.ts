import { expect } from 'chai'
import fc from 'fast-check'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { chooseBlock } from '#src/leases/blocks.js'
import { claimName } from '#src/leases/names.js'
import { releaseLeases } from '#src/leases/owner.js'
import { adoptLeases, findVanishedProjects, forgetProject, registerProject } from '#src/leases/projects.js'
import { chooseSubnet, leaseSubnet } from '#src/leases/subnets.js'
import { openMachineState } from '#src/state/databases.js'
import type { Database } from '#src/state/open.js'
import { temporaryFolder } from '../../support/temp.js'

const range = { base: 10000, size: 100, limit: 32767 }

describe('chooseBlock', () => {
  it('assigns the block at 10100 to environment 1', () => {
    expect(chooseBlock([], { id: 1, range })).to.deep.equal({ base: 10100, size: 100 })
  })

  it('assigns the lowest free block if the usual one is taken or past the limit', () => {
    const taken = [{ base: 10100, size: 100 }]
    expect(chooseBlock(taken, { id: 1, range })).to.deep.equal({ base: 10200, size: 100 })
    expect(chooseBlock(taken, { id: 900, range })).to.deep.equal({ base: 10200, size: 100 })
  })

  it('avoids blocks of another size', () => {
    expect(chooseBlock([{ base: 10150, size: 200 }], { id: 2, range })).to.deep.equal({
      base: 10400,
      size: 100,
    })
  })

  it('never overlaps and never passes the limit, until none is left', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 300 }), ids => {
        const taken: { base: number; size: number }[] = []
        for (const id of ids) {
          const block = chooseBlock(taken, { id, range })
          if (!block) return void expect(taken.length).to.be.at.least(226)
          expect(block.base + 99).to.be.at.most(range.limit)
          expect(taken.some(other => other.base === block.base)).to.equal(false)
          taken.push(block)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('chooseSubnet', () => {
  it('assigns the lowest /26 that overlaps nothing', () => {
    expect(chooseSubnet('10.210.0.0/16', [])).to.equal('10.210.0.0/26')
    expect(chooseSubnet('10.210.0.0/16', ['10.210.0.0/26', '10.210.0.128/25'])).to.equal('10.210.0.64/26')
    expect(chooseSubnet('10.210.0.0/16', ['10.0.0.0/8'])).to.equal(undefined)
    expect(chooseSubnet('10.210.0.0/16', ['0.0.0.0/0', '192.168.0.0/16'])).to.equal('10.210.0.0/26')
  })

  it('has room for 1,024 subnets', () => {
    const taken: string[] = []
    for (;;) {
      const subnet = chooseSubnet('10.210.0.0/16', taken)
      if (subnet === undefined) break
      taken.push(subnet)
    }
    expect(new Set(taken).size).to.equal(1024)
  })

  it('refuses an invalid pool', () => {
    expect(() => chooseSubnet('10.0.0.0/25', [])).to.throw('PIKO_SUBNET_POOL is 10.0.0.0/25')
    expect(() => chooseSubnet('nonsense', [])).to.throw('PIKO_SUBNET_POOL is nonsense')
  })
})

describe('the machine-wide registry', () => {
  let machine: Database
  let folder: string
  const owner = (subject: string) => ({ project: folder, subject })
  beforeEach(function () {
    folder = temporaryFolder(this)
    process.env['XDG_STATE_HOME'] = folder
    machine = openMachineState()
  })
  afterEach(() => machine.close())

  it('adds a hash to the second of two equal names, and keeps returning the same names', () => {
    const claim = (subject: string) =>
      claimName(machine, { namespace: 'compose-project', wanted: 'piko-a-b-c', owner: owner(subject) })
    const [first, second] = [claim('environment:c'), claim('environment:b-c')]
    expect(first).to.equal('piko-a-b-c')
    expect(second).to.match(/^piko-a-b-c-[0-9a-f]{6}$/)
    expect([claim('environment:c'), claim('environment:b-c')]).to.deep.equal([first, second])
  })

  it('releases everything of one owner and nothing of another', async () => {
    claimName(machine, { namespace: 'volume', wanted: 'v', owner: owner('a') })
    const subnet = await leaseSubnet(machine, { key: 'default', owner: owner('a') })
    expect(await leaseSubnet(machine, { key: 'default', owner: owner('a') })).to.equal(subnet)
    expect(await leaseSubnet(machine, { key: 'default', owner: owner('b') })).not.to.equal(subnet)
    releaseLeases(machine, owner('a'))
    expect(claimName(machine, { namespace: 'volume', wanted: 'v', owner: owner('b') })).to.equal('v')
    expect(await leaseSubnet(machine, { key: 'default', owner: owner('c') })).to.equal(subnet)
  })

  it('leases another subnet if the engine uses the previous one', async () => {
    const lease = (avoid: readonly string[]) =>
      leaseSubnet(machine, { key: 'default', owner: owner('a'), avoid })
    const first = await lease([])
    const second = await lease([first])
    expect(second).not.to.equal(first)
    expect(await lease([first])).to.equal(second)
    expect(await lease([])).to.equal(second)
  })

  it('distinguishes two projects with the same folder name, and forgets one that is gone', () => {
    const [one, two] = [join(folder, '1/shop'), join(folder, '2/shop')]
    for (const root of [one, two]) mkdirSync(root, { recursive: true })
    expect(registerProject(machine, { id: 'one', root: one, wanted: 'shop' })).to.equal('shop')
    const second = registerProject(machine, { id: 'two', root: two, wanted: 'shop' })
    expect(second).to.match(/^shop-[0-9a-f]{6}$/)
    expect(registerProject(machine, { id: 'two', root: two, wanted: 'shop' })).to.equal(second)
    rmSync(one, { recursive: true })
    expect(findVanishedProjects(machine)).to.deep.equal([{ id: 'one', name: 'shop', root: one }])
    forgetProject(machine, 'one')
    expect(findVanishedProjects(machine)).to.deep.equal([])
  })

  it('keeps the leases of a project whose folder another has taken, and frees its name once it has none', () => {
    const root = join(folder, 'shop')
    const first = { project: 'first', subject: 'environment:a' }
    registerProject(machine, { id: 'first', root, wanted: 'shop' })
    const claimed = claimName(machine, { namespace: 'volume', wanted: 'v', owner: first })
    expect(registerProject(machine, { id: 'second', root, wanted: 'shop' })).to.match(/^shop-[0-9a-f]{6}$/)
    expect(claimName(machine, { namespace: 'volume', wanted: 'v', owner: first })).to.equal(claimed)
    releaseLeases(machine, first)
    expect(registerProject(machine, { id: 'third', root, wanted: 'shop' })).to.equal('shop')
  })

  it('moves what versions without ids keyed by the root to the id', () => {
    const before = { project: '/a', subject: 'environment:a' }
    registerProject(machine, { id: '/a', root: '/a', wanted: 'shop' })
    const claimed = claimName(machine, { namespace: 'volume', wanted: 'v', owner: before })
    adoptLeases(machine, { id: 'new', formerId: '/a' })
    expect(
      claimName(machine, { namespace: 'volume', wanted: 'v', owner: { ...before, project: 'new' } }),
    ).to.equal(claimed)
    expect(registerProject(machine, { id: 'new', root: '/a', wanted: 'shop' })).to.equal('shop')
  })
})
