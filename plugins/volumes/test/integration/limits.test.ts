import { expect } from 'chai'
import { readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backupEnvironment } from '#volumes/archive/backup.js'
import { restoreEnvironment } from '#volumes/archive/restore.js'
import { finishSwaps } from '#volumes/swap/swap.js'
import { fileEntry } from '#volumes/tar/header.js'
import { docker, requireEngine } from '#test/support/engine.js'
import { signed } from '../support/archives.js'
import { inVolume } from '../support/contents.js'
import { disposeVolumesWorlds, makeVolumesWorld, type VolumesWorld } from '../support/world.js'

const yes = { words: [], force: false, links: false, special: false, confirm: () => Promise.resolve() }

describe('volumes: what does not fit, or was interrupted', function () {
  let world: VolumesWorld
  before(requireEngine)
  before(async () => {
    world = await makeVolumesWorld()
    await world.prepare()
  })
  after(disposeVolumesWorlds)

  it('a restore that does not fit leaves the old data, and no partial new data', async () => {
    const small = await makeVolumesWorld()
    await small.prepare()
    inVolume(small.own('files'), 'echo old > old')
    const big = join(world.root, 'big.tar')
    const space = Buffer.alloc(3_000_000, 'x')
    writeFileSync(big, signed(world, fileEntry('volumes/files/big', space)))
    // A quota on the volume would need its own file system. Instead the source fails after it was checked.
    const confirm = async () => truncateSync(big, 1_000_000)
    const error = await restoreEnvironment(small.context, { ...yes, file: big, force: true, confirm }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).to.have.nested.property('details.code', 'VOLUMES_COPY_FAILED')
    expect(inVolume(small.own('files'), 'ls -A; cat old')).to.equal('old\nold')
    await small.dispose()
  })

  it('a restore is put in place by the next command if that was interrupted', async () => {
    const other = await makeVolumesWorld()
    await other.prepare()
    const volume = other.own('files')
    const staged =
      'mkdir -p .piko-incoming/volumes/files .piko-replaced; echo new > .piko-incoming/volumes/files/b'
    inVolume(volume, `${staged}; echo new > a; : > .piko-incoming/.done; echo old > .piko-replaced/a`)
    const row = JSON.stringify({ key: 'files', volume })
    const sql = "INSERT INTO volumes_swaps (environment, volume) VALUES ('feature', ?)"
    other.context.transaction(tables => tables.run(sql, row))
    await finishSwaps(other.context)
    expect(inVolume(volume, 'ls -A; cat a b')).to.equal('a\nb\nnew\nnew')
    await other.dispose()
  })

  it('a backup is not created if the disk is full, and leaves nothing', async () => {
    const disk = docker(...'volume create --opt type=tmpfs --opt device=tmpfs --opt o=size=64k'.split(' '))
    const holder = docker(...`run -d --rm --network none -v ${disk}:/disk busybox sleep 60`.split(' '))
    const place = docker('volume', 'inspect', '--format', '{{.Mountpoint}}', disk)
    inVolume(world.own('data'), 'dd if=/dev/urandom of=noise bs=1k count=300 2>/dev/null')
    const error = await backupEnvironment(world.context, { to: join(place, 'b.tar.gz') }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).to.have.nested.property('details.code', 'VOLUMES_BACKUP_FAILED')
    expect(readdirSync(place)).to.deep.equal([])
    inVolume(world.own('data'), 'rm noise')
    docker('rm', '-f', holder)
    docker('volume', 'rm', '-f', disk)
  })
})
