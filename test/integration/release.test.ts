import { createHash } from 'node:crypto'
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { temporaryFolder } from '../support/temp.js'

/** The titles of docs/release.md's table, in order. */
function checklist(): readonly string[] {
  const rows = readFileSync('docs/release.md', 'utf8').matchAll(/^\| ([A-Z][^|]*?) +\|/gm)
  return [...rows].map(([, title = '']) => title)
}

describe('scripts/release.mjs', function () {
  this.timeout(900_000)

  it('runs the whole checklist in a dry run, and changes nothing', function () {
    const out = temporaryFolder(this)
    const before = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' })
    const words = [
      'scripts/release.mjs',
      '9.8.7',
      '--dry-run',
      '--out',
      out,
      '--url',
      'https://example.org/p.tgz',
    ]
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
    expect(`${stderr}${status}`, stdout).to.equal('0')
    const done = [...stdout.matchAll(/^✓ (.*?):/gm)].map(([, title]) => title)
    expect(done).to.deep.equal(checklist())
    expect(stdout).to.match(/^✓ Nothing was changed$/m)
    expect(execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' })).to.equal(before)

    const tarball = join(out, 'piko-9.8.7.tgz')
    const read = (path: string) =>
      execFileSync('tar', ['-xzOf', tarball, `package/${path}`], { encoding: 'utf8' })
    for (const path of ['package.json', 'oclif.manifest.json'])
      expect(JSON.parse(read(path)), path).to.include({ version: '9.8.7' })
    const bundled = JSON.parse(read('bundle/packages.json')) as readonly { pjson: { version: string } }[]
    expect(new Set(bundled.map(({ pjson }) => pjson.version))).to.deep.equal(new Set(['9.8.7']))
    expect(read('CHANGELOG.md')).to.match(/^## Unreleased\n\n## 9\.8\.7 \(\d{4}-\d\d-\d\d\)$/m)
    const formula = readFileSync(join(out, 'piko.rb'), 'utf8')
    const digest = createHash('sha256').update(readFileSync(tarball)).digest('hex')
    expect(formula).to.contain(`sha256 "${digest}"`).and.contain('url "https://example.org/p.tgz"')
    expect(formula).to.contain('class Piko < Formula').and.contain('depends_on "node"')
  })

  it('refuses an invalid version', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/release.mjs', 'next', '--dry-run'], {
      encoding: 'utf8',
    })
    expect(status).to.equal(1)
    expect(stderr).to.contain('next is not a version')
  })
})
