import { expect } from 'chai'
import { copy } from '#volumes/steps/copy.js'
import { docker, dockerLines, requireEngine } from '#test/support/engine.js'
import { everyKind, everything, inVolume, room } from '../support/contents.js'
import { buildTarImage } from '../support/gnu-tar.js'
import { disposeVolumesWorlds, makeVolumesWorld, type VolumesWorld } from '../support/world.js'

const files = { config: { copy: ['files'] } }

describe('volumes: a copy', function () {
  let tar: ReturnType<typeof buildTarImage>
  before(requireEngine)
  before(() => (tar = buildTarImage()))
  after(disposeVolumesWorlds)
  after(() => tar.remove())

  async function worldWith(script: string, options = {}): Promise<VolumesWorld> {
    const world = await makeVolumesWorld({ ...files, ...options })
    docker('volume', 'create', world.main('files'))
    inVolume(world.main('files'), script)
    return world
  }

  it('with GNU tar keeps everything: owners, modes, links, times, holes, attributes', async () => {
    const world = await worldWith(everyKind, { tar: tar.id, flags: { verify: true } })
    setAttribute(world.main('files'), tar.id)
    const before = everything(world.main('files'))
    const { copied } = await world.fill()
    expect(copied.map(({ how }) => how)).to.deep.equal(['tar'])
    expect(everything(world.own('files')))
      .to.equal(before)
      .and.to.contain('linked')
      .and.to.contain('1234:5678 644')
    expect(attributes(world.own('files'), tar.id)).to.contain('SCHILY.xattr.user.piko=kept')
    expect(room(world.own('files'), 'sparse')).to.be.lessThan(1000)
    expect(everything(world.main('files'))).to.equal(before)
    expect(world.said.join('\n')).not.to.contain('archive API')
    await world.dispose()
  })

  it('with the archive API keeps everything except attributes and holes, and says so', async () => {
    const world = await worldWith(everyKind, { flags: { verify: true } })
    const { copied } = await world.fill()
    expect(copied.map(({ how }) => how)).to.deep.equal(['archive'])
    expect(everything(world.own('files')))
      .to.equal(everything(world.main('files')))
      .and.to.contain('linked')
    expect(world.said.join('\n')).to.contain('extended attributes').and.contain('holes of sparse files')
    await world.dispose()
  })

  it('of many small files is complete', async () => {
    const script =
      'for folder in $(seq 50); do mkdir $folder; for n in $(seq 100); do echo $n > $folder/$n; done; done'
    const world = await worldWith(script, { tar: tar.id })
    await world.fill()
    const count = 'find . -type f | wc -l; find . -type f -exec cat {} + | sha256sum'
    expect(inVolume(world.own('files'), count))
      .to.equal(inVolume(world.main('files'), count))
      .and.match(/^5000\n/)
    await world.dispose()
  })

  it('needs no network and pulls nothing', async () => {
    const world = await worldWith('echo data > one')
    const since = String(Math.floor(Date.now() / 1000))
    await world.fill()
    const until = String(Math.floor(Date.now() / 1000) + 1)
    const filter = ['--filter', `label=dev.piko.root=${world.root}`]
    const told = ['--since', since, '--until', until, '--format', '{{.Action}} {{.Actor.Attributes.image}}']
    const pulls = dockerLines('events', '--filter', 'event=pull', ...told)
    expect(dockerLines('events', ...filter, ...told).join('\n')).to.contain('create')
    expect(pulls).to.deep.equal([])
    expect(dockerLines('ps', '-aq', ...filter)).to.deep.equal([])
    await world.dispose()
  })

  it('is made once: never over existing data, nor into a volume that was emptied on purpose', async () => {
    const world = await worldWith('echo first > one')
    const receipt = await world.fill()
    inVolume(world.own('files'), 'echo mine > one')
    const planned = await copy.plan?.(world.context, receipt)
    expect(planned?.action).to.equal('nothing')
    await copy.do(world.as('up'), undefined)
    expect(inVolume(world.own('files'), 'cat one')).to.equal('mine')
    inVolume(world.own('files'), 'rm one')
    await copy.do(world.as('up'), receipt)
    expect(inVolume(world.own('files'), 'ls')).to.equal('')
    await world.dispose()
  })

  it('leaves a volume empty if its source is missing, and says so', async () => {
    const world = await makeVolumesWorld(files)
    const { copied } = await world.fill()
    expect(copied).to.deep.equal([])
    expect(world.said.join('\n')).to.contain(
      `The volume files is empty: the main stack has no volume ${world.main('files')}`,
    )
    await world.dispose()
  })

  it('resumes after it was killed, with complete volumes', async () => {
    const world = await worldWith('echo whole > one')
    await world.prepare()
    inVolume(world.own('files'), 'echo half > one; echo rest > other')
    const sql = "INSERT INTO volumes_filled (environment, volume, state) VALUES ('feature', ?, 'copying')"
    world.context.transaction(tables => tables.run(sql, world.own('files')))
    await copy.do(world.context, undefined)
    expect(inVolume(world.own('files'), 'cat *')).to.equal('whole')
    await world.dispose()
  })

  it('that fails fails the create, leaves no partial volume, and does not change the source', async () => {
    const world = await worldWith('dd if=/dev/zero of=big bs=1M count=4 2>/dev/null')
    await world.prepare()
    docker('volume', 'rm', world.own('files'))
    const labels = ['project', 'environment', 'root'].map(key => `dev.piko.${key}`)
    const values = [world.compose.project, 'feature', world.root]
    const labelled = labels.flatMap((label, index) => ['--label', `${label}=${values[index]}`])
    const small = ['--opt', 'type=tmpfs', '--opt', 'device=tmpfs', '--opt', 'o=size=1m']
    docker('volume', 'create', ...labelled, ...small, world.own('files'))
    const error = await copy.do(world.context, undefined).catch((thrown: unknown) => thrown)
    expect(error).to.have.nested.property('details.code', 'VOLUMES_COPY_FAILED')
    expect(error)
      .to.have.nested.property('details.details')
      .that.match(/no space left/i)
    await copy.undo(world.as('rollback'), undefined)
    expect(inVolume(world.own('files'), 'ls -A')).to.equal('')
    expect(inVolume(world.main('files'), 'wc -c big')).to.equal('4194304 big')
    world.compose.context.receipts.set('volumes:sources', {
      all: false,
      from: null,
      verify: false,
      tolerant: true,
    })
    const { considered, copied } = await copy.do(world.context, undefined)
    expect([considered.includes('files'), copied]).to.deep.equal([true, []])
    expect(world.said.join('\n')).to.contain('The volume files is empty: ')
    await world.dispose()
  })
})

/** Sets an attribute on `plain` with the only tool available: GNU tar, by extracting one. */
function setAttribute(volume: string, image: string): void {
  const record = 'SCHILY.xattr.user.piko=kept'
  const script = `cd /v && tar --format=posix --pax-option='${record.replace('=', ':=')}' -cf /made plain && tar --xattrs --xattrs-include='*' -xpf /made`
  docker('run', '--rm', '--network', 'none', '-v', `${volume}:/v`, image, 'sh', '-c', script)
  docker(
    'run',
    '--rm',
    '--network',
    'none',
    '-v',
    `${volume}:/v`,
    image,
    'ln',
    '-f',
    '/v/plain',
    '/v/folder/hard',
  )
}

function attributes(volume: string, image: string): string {
  const script =
    "cd /v && tar --format=posix --xattrs --xattrs-include='*' -cf /made plain && grep -a -o 'SCHILY.xattr.user[^ ]*=kept' /made"
  return docker('run', '--rm', '--network', 'none', '-v', `${volume}:/v`, image, 'sh', '-c', script)
}
