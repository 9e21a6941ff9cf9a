import { expect } from 'chai'
import { parse } from 'dotenv'
import fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withManagedBlock, withoutManagedBlock } from '#src/project/env-file.js'
import { failing } from './failing.js'

const path = '.env'
const file = (text: string) => ({ path, text })
const variables = { PIKO_ENV_NAME: 'x', PIKO_WEB_PORT: '10180' }

const userText = fc
  .array(fc.constantFrom('A=1', 'B="two words"', '# note', '', '  ', 'C', '\r', 'D=\\'), { maxLength: 6 })
  .chain(lines => fc.constantFrom('\n', '\r\n').map(lineEnd => lines.join(lineEnd)))
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom(...`ab '"\`$#\\={}\t`), maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)

/** The text with the value, or undefined if piko refuses to write it. */
async function written(own: string, text: string): Promise<string | undefined> {
  try {
    return withManagedBlock(file(own), { VALUE: text })
  } catch {
    expect((await failing(() => withManagedBlock(file(own), { VALUE: text }))).code).to.equal(
      'ENV_VALUE_UNFIT',
    )
    return undefined
  }
}

describe('withManagedBlock', () => {
  it('puts the block at the end', () => {
    expect(withManagedBlock(file('A=1\n'), variables)).to.equal(
      'A=1\n# >>> piko\nPIKO_ENV_NAME=x\nPIKO_WEB_PORT=10180\n# <<< piko\n',
    )
  })

  it('replaces the block and moves it below lines added since', () => {
    const text = `${withManagedBlock(file('A=1\n'), variables)}B=2\n`
    expect(withManagedBlock(file(text), { X: '1' })).to.equal('A=1\nB=2\n# >>> piko\nX=1\n# <<< piko\n')
  })

  it("keeps the block's last line apart from text added after it", () => {
    const text = `${withManagedBlock(file('A=1'), variables)}B=2`
    expect(withoutManagedBlock(file(text))).to.equal('A=1\nB=2')
  })

  it('finds the block in a file with other line endings', () => {
    const text = withManagedBlock(file('A=1\n'), variables).replaceAll('\n', '\r\n')
    expect(withoutManagedBlock(file(text))).to.equal('A=1\r\n')
  })

  it('leaves no block if there are no variables', () => {
    expect(withManagedBlock(file(withManagedBlock(file('A=1'), variables)), {})).to.equal('A=1')
  })

  it('restores every other byte', () => {
    fc.assert(
      fc.property(userText, text => {
        const once = withManagedBlock(file(text), { X: '1' })
        expect(withoutManagedBlock(file(once))).to.equal(text)
        expect(withManagedBlock(file(once), variables)).to.equal(withManagedBlock(file(text), variables))
      }),
    )
  })

  it('is read back exactly by dotenv', async () => {
    await fc.assert(
      fc.asyncProperty(value, async text => {
        const whole = await written('A=1', text)
        if (whole !== undefined) expect(parse(whole)).to.deep.equal({ A: '1', VALUE: text })
      }),
      { numRuns: 1000 },
    )
  })

  it('is read back exactly by Compose', async function () {
    if (!composeIsThere()) {
      if (process.env['PIKO_REQUIRE_ENGINES'] === '1') throw new Error('Docker Compose is not installed')
      console.error('    SKIPPED: Docker Compose is not installed, so nothing is read back')
      return this.skip()
    }
    const texts = fc.sample(value, 2000)
    const fit = (await Promise.all(texts.map(async text => (await written('', text)) && text))).filter(
      text => text !== undefined,
    )
    const all = Object.fromEntries(fit.map((text, index) => [`V${index}`, text]))
    expect(readByCompose(withManagedBlock(file('A=1\n'), all))).to.deep.equal({ A: '1', ...all })
    expect(fit.length).to.be.above(1000)
  }).timeout(20_000)

  const refused: readonly (readonly [string, string])[] = [
    ['a line end', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['a NUL', 'a\0b'],
    ['quotes of both kinds with a dollar', `'"$`],
  ]
  for (const [what, text] of refused) {
    it(`refuses ${what} and names the variable`, async () => {
      const details = await failing(() => withManagedBlock(file(''), { VALUE: text }))
      expect(details.code).to.equal('ENV_VALUE_UNFIT')
      expect(details.message).to.include('VALUE').and.include(path)
    })
  }

  it('refuses an invalid variable name', async () => {
    expect((await failing(() => withManagedBlock(file(''), { 'A B': '1' }))).code).to.equal('ENV_VALUE_UNFIT')
  })
})

describe('a damaged block', () => {
  const damaged: readonly (readonly [string, string, number])[] = [
    ['without an end', 'A=1\n# >>> piko\nX=1\n', 2],
    ['without a beginning', 'A=1\nX=1\n# <<< piko\n', 3],
    ['in reverse order', '# <<< piko\n# >>> piko\n', 1],
    ['that begins twice', '# >>> piko\n# >>> piko\n# <<< piko\n', 2],
    ['that occurs twice', '# >>> piko\n# <<< piko\n# >>> piko\n# <<< piko\n', 3],
    ['that ends twice', '# >>> piko\n# <<< piko\n# <<< piko\n', 3],
  ]
  for (const [what, text, line] of damaged) {
    it(`${what} is an error that names the line`, async () => {
      for (const action of [
        () => withoutManagedBlock(file(text)),
        () => withManagedBlock(file(text), variables),
      ]) {
        const details = await failing(action)
        expect(details.code).to.equal('ENV_BLOCK_DAMAGED')
        expect(details.message).to.include(`line ${line}`).and.include(path)
      }
    })
  }
})

function composeIsThere(): boolean {
  try {
    execFileSync('docker', ['compose', 'version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/**
 * The value that `env_file` passes to a container. `config` doubles dollar signs, so that its output is a valid Compose
 * file.
 */
function readByCompose(text: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'piko-env-'))
  try {
    writeFileSync(join(folder, 'values.env'), text)
    writeFileSync(join(folder, 'compose.yaml'), 'services: { a: { image: x, env_file: values.env } }\n')
    const args = ['compose', '-f', 'compose.yaml', 'config', '--format', 'json']
    const model = JSON.parse(execFileSync('docker', args, { cwd: folder, encoding: 'utf8' })) as {
      services: { a: { environment: Record<string, string> } }
    }
    const entries = Object.entries(model.services.a.environment)
    return Object.fromEntries(entries.map(([name, text]) => [name, text.replaceAll('$$', '$')]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
