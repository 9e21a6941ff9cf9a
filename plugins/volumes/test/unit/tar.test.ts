import { expect } from 'chai'
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Entry } from '#volumes/tar/entry.js'
import { strays } from '#volumes/tar/inside.js'
import { collectLinks } from '#volumes/tar/links.js'
import { readTar } from '#volumes/tar/read.js'
import { temporaryFolder } from '#test/support/temp.js'

const long = 'n'.repeat(120)

/** The bytes in chunks that do not align with blocks. */
async function* chunked(bytes: Buffer, size = 777): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Buffer) {
  const entries: Entry[] = []
  const contents = new Map<string, Buffer>()
  const raws: Buffer[] = []
  for await (const piece of readTar(chunked(bytes))) {
    raws.push(piece.raw)
    if (piece.kind === 'entry') entries.push(piece.entry)
    const name = entries.at(-1)?.name ?? ''
    if (piece.kind === 'body')
      contents.set(name, Buffer.concat([contents.get(name) ?? Buffer.alloc(0), piece.content]))
  }
  return { entries, contents, raw: Buffer.concat(raws) }
}

describe('a tar archive', () => {
  for (const format of ['gnu', 'posix', 'ustar']) {
    it(`in the format ${format} is read as tar wrote it, and passed on byte for byte`, async function () {
      const folder = temporaryFolder(this)
      mkdirSync(join(folder, 'in', format === 'ustar' ? 'short' : long), { recursive: true })
      writeFileSync(join(folder, 'in/file'), 'hello')
      linkSync(join(folder, 'in/file'), join(folder, 'in/linked'))
      symlinkSync(format === 'ustar' ? 'file' : `${long}/file`, join(folder, 'in/soft'))
      writeFileSync(join(folder, 'in/hollow'), 'start')
      truncateSync(join(folder, 'in/hollow'), 3_000_000)
      const sparse = format === 'ustar' ? [] : ['--sparse']
      const words = [`--format=${format}`, ...sparse, '--sort=name', '-C', folder, '-cf', '-', 'in']
      const bytes = execFileSync('tar', words, { maxBuffer: 100_000_000 })
      const { entries, contents, raw } = await read(bytes)
      expect(entries.map(({ name, kind }) => `${kind} ${name}`)).to.have.members([
        'folder in/',
        'file in/file',
        'file in/hollow',
        'hard link in/linked',
        `folder in/${format === 'ustar' ? 'short' : long}/`,
        'symbolic link in/soft',
      ])
      expect(contents.get('in/file')?.toString()).to.equal('hello')
      expect(entries.find(({ name }) => name === 'in/linked')?.target).to.equal('in/file')
      expect(entries.find(({ name }) => name === 'in/soft')?.target).to.match(/file$/)
      expect(bytes.subarray(0, raw.length).equals(raw)).to.equal(true)
      expect(bytes.subarray(raw.length).every(byte => byte === 0)).to.equal(true)
    })
  }

  it('that is truncated anywhere, or has a changed header, is not read to the end', async () => {
    const whole = execFileSync('tar', ['-cf', '-', '--blocking-factor=1', 'package.json', 'README.md'])
    const length = (await read(whole)).raw.length
    for (let at = 1; at < length; at += 511) {
      const error = await read(whole.subarray(0, at)).catch(String)
      expect(error, `cut at ${at}`).to.contain('cut off')
    }
    const damaged = Buffer.from(whole)
    damaged.write('P', 0)
    expect(await read(damaged).catch(String)).to.contain('damaged')
    expect(
      readFileSync('package.json').equals(
        (await read(whole)).contents.get('package.json') ?? Buffer.alloc(0),
      ),
    ).to.equal(true)
  })

  it('is distinguished from one that leaves its folder', () => {
    const entry = (name: string, more: Partial<Entry> = {}): Entry => {
      return { name, kind: 'file', target: '', special: undefined, mode: 0, uid: 0, gid: 0, size: 0, ...more }
    }
    for (const name of ['v/a', 'v/', 'v', 'v/..a', 'v/a..b/c'])
      expect(strays(entry(name), 'v'), name).to.equal(undefined)
    for (const name of ['/v/a', 'v/../a', '../v/a', 'va', 'v/a/../../b', 'v/a/../b'])
      expect(strays(entry(name), 'v'), name).not.to.equal(undefined)
    const hard = (target: string) => strays(entry('v/a', { kind: 'hard link', target }), 'v')
    expect([hard('v/b'), typeof hard('w/b'), typeof hard('v/../w')]).to.deep.equal([
      undefined,
      'string',
      'string',
    ])
    const soft = (...targets: readonly (readonly [string, string])[]) => {
      const links = collectLinks('v')
      for (const [name, target] of targets) links.add(entry(name, { kind: 'symbolic link', target }))
      return links.leaving()
    }
    for (const target of ['../b', 'b', '..', '../d/a'])
      expect(soft(['v/d/a', target]), target).to.deep.equal([])
    for (const target of ['../../b', '/v/b', '../..'])
      expect(soft(['v/d/a', target]), target).to.have.length(1)
    expect(soft(['v/a/b/top', '../..'], ['v/a/b/out', 'top/..'])).to.deep.equal(['v/a/b/out → top/..'])
    expect(soft(['v/a', 'b'], ['v/b', 'a']), 'in circles').to.deep.equal([])
  })
})
