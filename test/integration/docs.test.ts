import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConsolePage, parsePage } from '../support/console-blocks.js'
import { type ConsoleSession, openSession } from '../support/console-session.js'
import { hasEngine } from '../sandbox/engine.js'
import { removeImagesOf, requireEngine } from '../support/engine.js'

const guide = 'docs/guide'
const guides = existsSync(guide) ? readdirSync(guide).filter(name => name.endsWith('.md')) : []
const pages = ['README.md', ...guides.sort().map(name => join(guide, name))].filter(path => existsSync(path))

/** One test for each block, in one session. After a failed block the rest are skipped. */
function testPage(path: string): void {
  const { blocks, varying } = parsePage(readFileSync(path, 'utf8'))
  if (blocks.length === 0) return
  describe(`console blocks of ${path}`, function () {
    this.timeout(240_000)
    let session: ConsoleSession
    let isBroken = false
    before(() => (session = openSession(varying)))
    after(() => {
      session.dispose()
      if (hasEngine()) removeImagesOf('127.0.0.1:5000') // of the guide's registry
    })
    for (const { line, needsEngine, commands } of blocks) {
      it(`line ${line}: ${commands.map(({ command }) => command.split('\n', 1)[0]).join('; ')}`, function () {
        if (needsEngine) requireEngine.call(this)
        if (isBroken) {
          console.error('    SKIPPED: an earlier block that this one depends on failed')
          this.skip()
        }
        if (commands.some(({ command }) => command.startsWith('docker-registry ')))
          requireRegistry.call(this, () => (isBroken = true))
        isBroken = true
        for (const command of commands) session.run(command)
        isBroken = false
      })
    }
  })
}

pages.forEach(testPage)

/** Debian's docker-registry; without it the rest of the page is skipped, too. */
function requireRegistry(this: Mocha.Context, onMissing: () => void): void {
  if (!spawnSync('docker-registry', ['--help']).error || process.env['PIKO_REQUIRE_ENGINES'] === '1') return
  console.error('    SKIPPED: there is no docker-registry; to install it, run test/bed/tools.sh')
  onMissing()
  this.skip()
}

describe('the runner of console blocks', function () {
  let session: ConsoleSession
  const page = (name: string): ConsolePage => parsePage(readFileSync(`test/fixtures/docs/${name}.md`, 'utf8'))
  const runAll = ({ blocks, varying }: ConsolePage): readonly string[] => {
    session = openSession(varying)
    return blocks
      .flatMap(({ commands }) => commands)
      .flatMap(command => {
        try {
          session.run(command)
          return []
        } catch (error) {
          return [String(error)]
        }
      })
  }
  afterEach(() => session.dispose())

  it('passes a correct page', () => {
    expect(runAll(page('true'))).to.deep.equal([])
  })

  it('fails each command of an incorrect page', () => {
    const untrue = page('untrue')
    const count = untrue.blocks.flatMap(({ commands }) => commands).length
    const failures = runAll(untrue)
    expect(failures).to.have.length(count)
    expect(failures[0]).to.contain('line 4: `echo one` ended with 0 and is not as shown')
  })

  it('detects which blocks need an engine', () => {
    session = openSession([])
    const { blocks } = page('true')
    expect(blocks.map(({ needsEngine }) => needsEngine)).to.deep.equal([false, false, true])
  })
})
