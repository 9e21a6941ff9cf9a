import { expect } from 'chai'
import { copy } from '#volumes/steps/copy.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { inVolume } from '../support/contents.js'
import { disposeVolumesWorlds, makeVolumesWorld, type VolumesWorld } from '../support/world.js'

/** Runs a query in a container's database. */
function query(container: string, sql: string): string {
  return docker('exec', container, 'psql', '-U', 'postgres', '-tAc', sql)
}

/** Starts a server on a copy and returns the results of its own check and its counts. */
function judge(volume: string): { readonly check: string; readonly heap: number; readonly index: number } {
  const name = `${volume}-judge`
  const words = ['--rm', '--name', name, '--network', 'none', '-v', `${volume}:/var/lib/postgresql/data`]
  docker('run', '-d', ...words, 'postgres:16')
  try {
    const ready = 'until pg_isready -q -h 127.0.0.1 -U postgres; do sleep 0.1; done'
    docker('exec', name, 'timeout', '30', 'sh', '-c', ready)
    query(name, 'CREATE EXTENSION IF NOT EXISTS amcheck')
    const check = docker('exec', name, 'pg_amcheck', '-U', 'postgres', '--heapallindexed', 'postgres')
    const heap = query(
      name,
      'SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off; SELECT count(*) FROM t',
    )
    const index = query(name, 'SET enable_seqscan = off; SELECT count(*) FROM t WHERE id > 0')
    return { check, heap: Number(heap.split('\n').at(-1)), index: Number(index.split('\n').at(-1)) }
  } finally {
    docker('stop', '-t', '1', name)
  }
}

describe('volumes: a live Postgres', function () {
  this.timeout(240_000)
  let world: VolumesWorld
  let server: string
  before(requireEngine)
  before(async () => {
    world = await makeVolumesWorld({ config: { copy: ['data'] } })
    world.mainStack('up', '-d', '--wait', 'db')
    server = docker(
      'compose',
      '--project-directory',
      world.root,
      '-f',
      `${world.root}/compose.yaml`,
      'ps',
      '-q',
      'db',
    )
    query(server, 'CREATE TABLE t (id bigserial PRIMARY KEY, note text)')
    query(server, "INSERT INTO t (note) SELECT repeat('x', 100) FROM generate_series(1, 50000)")
    // It keeps writing while the suite runs.
    const writes =
      'while :; do psql -qU postgres -c "INSERT INTO t (note) SELECT repeat(\'y\', 100) FROM generate_series(1, 500)"; done'
    docker('exec', '-d', server, 'sh', '-c', writes)
    await world.prepare()
  })
  after(disposeVolumesWorlds)

  const copyAnew = async (flags: { readonly verify?: boolean } = {}) => {
    inVolume(world.own('data'), 'rm -rf ./* ./.[!.]* || :')
    const choice = { all: false, from: null, verify: flags.verify ?? false, tolerant: false }
    world.compose.context.receipts.set('volumes:sources', choice)
    const before = Number(query(server, 'SELECT count(*) FROM t'))
    const { copied } = await copy.do(world.context, undefined)
    const after = Number(query(server, 'SELECT count(*) FROM t'))
    expect(after, 'it was written to meanwhile').to.be.greaterThan(before)
    return { how: copied.map(({ how }) => how), before, after }
  }

  for (const time of ['once', 'twice', 'three times']) {
    it(`is copied under writes with its own base backup, and the copy is consistent: ${time}`, async () => {
      const start = world.said.length
      const { how, before, after } = await copyAnew()
      expect(how).to.deep.equal(['postgres'])
      expect(world.said.slice(start).join()).not.to.contain('Paused')
      const { check, heap, index } = judge(world.own('data'))
      expect(check).to.equal('')
      expect(heap).to.equal(index).and.to.be.within(before, after)
    })
  }

  it('is paused if it gives no base backup or checksums are requested, resumes, and the copy is consistent', async () => {
    const { how } = await copyAnew({ verify: true })
    expect(how).not.to.include('postgres')
    expect(world.said.join('\n')).to.match(
      /Paused \S+-db-1 for [\d.]+ s, while the volume data was copied and compared/,
    )
    expect(docker('inspect', '--format', '{{.State.Status}}', server)).to.equal('running')
    const { check, heap, index } = judge(world.own('data'))
    expect([check, heap]).to.deep.equal(['', index])

    query(server, 'ALTER SYSTEM SET max_wal_senders = 0')
    query(server, 'ALTER SYSTEM SET wal_level = minimal')
    docker('restart', '-t', '2', server)
    docker(
      'exec',
      server,
      'timeout',
      '30',
      'sh',
      '-c',
      'until pg_isready -q -h 127.0.0.1; do sleep 0.1; done',
    )
    inVolume(world.own('data'), 'rm -rf ./* ./.[!.]* || :')
    world.compose.context.receipts.delete('volumes:sources')
    const { copied } = await copy.do(world.context, undefined)
    expect(copied.map(each => each.how)).not.to.include('postgres')
    expect(world.said.join('\n')).to.contain('cannot make a base backup, so it is paused')
    expect(judge(world.own('data')).check).to.equal('')
  })
})
