import { expect } from 'chai'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { backupEnvironment } from '#volumes/archive/backup.js'
import { restoreEnvironment } from '#volumes/archive/restore.js'
import { cleanVolumes } from '#volumes/copy/clean.js'
import { replaceVolumes } from '#volumes/copy/replace.js'
import { fileEntry } from '#volumes/tar/header.js'
import { docker, dockerLines, requireEngine } from '#test/support/engine.js'
import { headerEntry, linkEntry, signed } from '../support/archives.js'
import { everyKind, everything, inVolume, room } from '../support/contents.js'
import { buildTarImage } from '../support/gnu-tar.js'
import { disposeVolumesWorlds, makeVolumesWorld, type VolumesWorld } from '../support/world.js'

const yes = { words: [], force: false, links: false, special: false, confirm: () => Promise.resolve() }

describe('volumes: a backup', function () {
  let tar: ReturnType<typeof buildTarImage>
  let world: VolumesWorld
  /** With GNU tar, zstd and links that lead outside; and with the API, gzip and no links. */
  let full: string
  let plain: string
  before(requireEngine)
  before(async () => {
    tar = buildTarImage()
    world = await makeVolumesWorld({ tar: tar.id })
    await world.prepare()
    inVolume(world.own('files'), everyKind)
    inVolume(world.own('data'), 'echo row > table; chown -R 999:999 .; chmod 700 .')
    full = (await backupEnvironment(world.context, {})).file
    const api = await makeVolumesWorld()
    plain = join(world.root, 'plain.tar.gz')
    await api.prepare()
    inVolume(api.own('files'), 'echo of another > one')
    await backupEnvironment(api.context, { to: plain })
    await api.dispose()
  })
  after(disposeVolumesWorlds)
  after(() => tar?.remove())

  const restore = (file: string, more = {}) => restoreEnvironment(world.context, { ...yes, file, ...more })
  const codeOf = async (work: Promise<unknown>) => {
    const error = await work.catch((thrown: unknown) => thrown)
    return (error as { details?: { code?: string } }).details?.code
  }

  it('has a unique name, and is a tar archive with a manifest and checksums', async () => {
    expect(full).to.match(/\.piko\/backups\/feature-\d{8}T\d{6}Z\.tar\.zst$/)
    const second = (await backupEnvironment(world.context, {})).file
    expect(second).not.to.equal(full)
    expect(world.said.join('\n')).to.contain(full).and.to.contain('symbolic links lead out')
    expect(
      readdirSync(join(world.root, '.piko/backups')).filter(name => name.endsWith('.part')),
    ).to.deep.equal([])
    const listed = gunzipSync(readFileSync(plain)).toString('latin1')
    expect(listed)
      .to.contain('piko-backup.json')
      .and.contain('volumes/files/one')
      .and.contain('piko-checksums.json')
    expect(await codeOf(backupEnvironment(world.context, { to: full }))).to.equal('VOLUMES_FILE_EXISTS')
  })

  it('restores everything, replacing the present data', async () => {
    const before = [everything(world.own('files')), inVolume(world.own('data'), 'stat -c "%n %u:%g %a" . *')]
    inVolume(world.own('files'), 'rm -rf plain folder; echo new > new; echo changed > owned')
    inVolume(world.own('data'), 'rm table; chmod 755 .; chown 0:0 .')
    expect(await codeOf(restore(full))).to.equal('VOLUMES_ARCHIVE_LINKS')
    expect(await codeOf(restore(full, { links: true }))).to.equal('VOLUMES_ARCHIVE_SPECIAL')
    await restore(full, { links: true, special: true })
    const now = [everything(world.own('files')), inVolume(world.own('data'), 'stat -c "%n %u:%g %a" . *')]
    expect(now).to.deep.equal(before)
    expect(room(world.own('files'), 'sparse')).to.be.lessThan(1000)
  })

  it('of one machine can be restored on another without GNU tar, whole or one volume of it', async () => {
    const other = await makeVolumesWorld()
    await other.prepare()
    expect(await codeOf(restoreEnvironment(other.context, { ...yes, file: full }))).to.equal(
      'VOLUMES_ARCHIVE_OTHER',
    )
    await restoreEnvironment(other.context, {
      ...yes,
      file: full,
      force: true,
      links: true,
      special: true,
      words: ['files'],
    })
    expect(everything(other.own('files'))).to.equal(everything(world.own('files')))
    expect(inVolume(other.own('data'), 'ls -A')).to.equal('')
    await other.dispose()
  })

  it('is refused if it is damaged, truncated, missing or not a backup, and nothing changes', async () => {
    const before = everything(world.own('files'))
    const refused = async (name: string, content: Buffer) => {
      const file = join(world.root, name)
      writeFileSync(file, content)
      return codeOf(restore(file, { force: true, links: true, special: true }))
    }
    const bytes = readFileSync(full)
    const flipped = Buffer.from(bytes)
    flipped.writeUInt8(flipped.readUInt8(bytes.length >> 1) ^ 0x55, bytes.length >> 1)
    expect(await refused('flipped.tar.zst', flipped)).to.equal('VOLUMES_ARCHIVE_DAMAGED')
    expect(await refused('short.tar.zst', bytes.subarray(0, bytes.length - 100))).to.equal(
      'VOLUMES_ARCHIVE_DAMAGED',
    )
    const open = gunzipSync(readFileSync(plain))
    const changed = Buffer.from(
      open.toString('latin1').replace('of another', 'of an enemy'.slice(0, 10)),
      'latin1',
    )
    expect(await refused('changed.tar', changed)).to.equal('VOLUMES_ARCHIVE_DAMAGED')
    expect(await refused('short.tar', open.subarray(0, 2048))).to.equal('VOLUMES_ARCHIVE_DAMAGED')
    expect(await refused('text.tar', Buffer.from('no archive at all'))).to.equal('VOLUMES_ARCHIVE_FOREIGN')
    expect(await refused('empty.tar', Buffer.alloc(0))).to.equal('VOLUMES_ARCHIVE_FOREIGN')
    expect(await refused('other.tar', fileEntry('readme', Buffer.from('hello')))).to.equal(
      'VOLUMES_ARCHIVE_FOREIGN',
    )
    expect(await codeOf(restore(join(world.root, 'absent.tar')))).to.equal('VOLUMES_FILE_MISSING')
    expect(everything(world.own('files'))).to.equal(before)
  })

  it('that would write outside its volumes is refused, even with valid checksums', async () => {
    const before = everything(world.own('files'))
    const entry = (name: string) => fileEntry(name, Buffer.from('x'))
    const link = (type: '1' | '2', target: string) => linkEntry('volumes/files/link', { type, target })
    for (const evil of [
      entry('volumes/files/../../etc/passwd'),
      entry('/etc/passwd'),
      entry('volumes/unknown/file'),
      link('1', '../../etc/passwd'),
      link('1', 'volumes/data/table'),
    ]) {
      const file = join(world.root, 'evil.tar.gz')
      writeFileSync(file, gzipSync(signed(world, evil)))
      expect(await codeOf(restore(file, { links: true }))).to.equal('VOLUMES_ARCHIVE_UNSAFE')
    }
    for (const target of ['/etc/passwd', '../../../etc/passwd']) {
      const file = join(world.root, 'leading.tar.gz')
      writeFileSync(file, gzipSync(signed(world, link('2', target))))
      expect(await codeOf(restore(file))).to.equal('VOLUMES_ARCHIVE_LINKS')
    }
    const good = join(world.root, 'good.tar.gz')
    writeFileSync(good, gzipSync(signed(world, link('2', 'one'))))
    const other = await makeVolumesWorld()
    await other.prepare()
    await restoreEnvironment(other.context, { ...yes, file: good, force: true })
    expect(inVolume(other.own('files'), 'readlink link')).to.equal('one')
    await other.dispose()
    expect(everything(world.own('files'))).to.equal(before)
  })

  it('whose links lead out through each other is refused, and one that writes through a link always', async () => {
    const before = everything(world.own('files'))
    const folder = (name: string) => headerEntry(`volumes/files/${name}`, { type: '5' })
    const link = (name: string, target: string) => linkEntry(`volumes/files/${name}`, { type: '2', target })
    const deep = ['a/', 'a/b/', 'a/b/c/'].map(folder)
    const chains = [
      [...deep, link('a/b/c/top', '../../..'), link('a/b/c/out', 'top/../../etc')],
      [...deep, link('a/b/c/out', 'top/../../etc'), link('a/b/c/top', '../../..')],
      [...deep, link('x', 'a/b/c/top/..'), link('a/b/c/top', '../../..')],
    ]
    const file = join(world.root, 'chain.tar')
    for (const entries of chains) {
      writeFileSync(file, signed(world, ...entries))
      expect(await codeOf(restore(file))).to.equal('VOLUMES_ARCHIVE_LINKS')
    }
    for (const entries of [
      [link('a', '.'), fileEntry('volumes/files/a/file', Buffer.from('x'))],
      [link('a', '/etc'), fileEntry('volumes/files/a/passwd', Buffer.from('x'))],
      [link('a', '/etc'), linkEntry('volumes/files/b', { type: '1', target: 'volumes/files/a/passwd' })],
    ]) {
      writeFileSync(file, signed(world, ...entries))
      expect(await codeOf(restore(file, { links: true, special: true }))).to.equal('VOLUMES_ARCHIVE_UNSAFE')
    }
    expect(everything(world.own('files'))).to.equal(before)
  })

  it('with devices, pipes or programs with the rights of others needs --special, which lists them', async () => {
    const before = everything(world.own('files'))
    const file = join(world.root, 'special.tar')
    const name = 'volumes/files/one'
    const kinds = [
      [{ type: '3' }, 'a character device'],
      [{ type: '4' }, 'a block device'],
      [{ type: '6' }, 'a named pipe'],
      [{ type: 'V' }, 'of an unknown kind'],
      [{ type: '0', mode: 0o4755 }, 'setuid'],
      [{ type: '0', mode: 0o2755 }, 'setgid'],
    ] as const
    for (const [entry, special] of kinds) {
      writeFileSync(file, signed(world, headerEntry(name, entry)))
      const error = await restore(file, { links: true }).catch((thrown: unknown) => thrown)
      expect(error).to.have.nested.property('details.code', 'VOLUMES_ARCHIVE_SPECIAL')
      expect(error).to.have.deep.nested.property('details.details', [`${name} is ${special}`])
    }
    const record = 'SCHILY.xattr.security.capability=x'
    const line = `${record.length + 4} ${record}\n`
    const pax = headerEntry('pax', { type: 'x', size: line.length })
    const body = fileEntry('pax', Buffer.from(line)).subarray(512)
    writeFileSync(file, signed(world, Buffer.concat([pax, body, headerEntry(name, { type: '0' })])))
    expect(await codeOf(restore(file))).to.equal('VOLUMES_ARCHIVE_SPECIAL')
    expect(everything(world.own('files'))).to.equal(before)
  })

  it('is read and written by helpers without network and capabilities', async () => {
    const seen = new Set<string>()
    const { context } = world
    const exec: typeof context.exec = (program, words, options) => {
      if (words.includes('dev.piko.helper=volumes')) seen.add(words.join(' '))
      return context.exec(program, words, options)
    }
    const watched = { ...world.context, exec }
    const { file } = await backupEnvironment(watched, {})
    await restoreEnvironment(watched, { ...yes, file, links: true, special: true })
    expect(seen.size).to.be.greaterThan(3)
    for (const words of seen) {
      expect(words).to.contain('--network none').and.to.contain('--cap-drop ALL')
      expect(words).to.contain('--security-opt no-new-privileges')
      expect(words).not.to.match(/--cap-add (SYS_|NET_|SET[UG]ID)/)
    }
  })

  it('a copy and a clean refuse volumes in use, and keep data that must not be replaced', async () => {
    const name = `${world.own('files')}-user`
    docker(...`run -d --name ${name} --network none -v ${world.own('files')}:/v busybox sleep 60`.split(' '))
    docker('volume', 'create', world.main('files'))
    const copying = { words: ['files'], from: undefined, verify: false, replace: false }
    expect(await codeOf(restore(full, { links: true, special: true }))).to.equal('VOLUMES_IN_USE')
    expect(await codeOf(cleanVolumes(world.context, { ...yes, words: ['files'] }))).to.equal('VOLUMES_IN_USE')
    expect(await codeOf(replaceVolumes(world.context, copying))).to.equal('VOLUMES_IN_USE')
    docker('rm', '-f', name)
    expect(await codeOf(replaceVolumes(world.context, copying))).to.equal('VOLUMES_NOT_EMPTY')
    inVolume(world.main('files'), 'echo main > main')
    await replaceVolumes(world.context, { ...copying, replace: true, verify: true })
    expect(inVolume(world.own('files'), 'ls -A')).to.equal('main')
    expect(await cleanVolumes(world.context, { ...yes, words: ['files'] })).to.deep.equal(['files'])
    expect(inVolume(world.own('files'), 'ls -A')).to.equal('')
    expect(dockerLines('volume', 'ls', '-q')).to.include(world.main('files'))
    expect(await codeOf(cleanVolumes(world.context, { ...yes, words: ['nothing'] }))).to.equal(
      'VOLUMES_UNKNOWN',
    )
    expect(existsSync(full)).to.equal(true)
  })
})
