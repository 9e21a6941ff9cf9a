import { expect } from 'chai'
import fc from 'fast-check'
import { environmentSlug } from '#src/environment/slug.js'
import { failing } from '../project/failing.js'

const label = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
const letters = [...'abcxyzABC019']
const goodName = fc
  .array(fc.constantFrom(...letters, '-', '_', '.', '/'), { minLength: 1, maxLength: 200 })
  .map(parts => `a${parts.join('')}`.replaceAll(/\.{2,}/g, '.').slice(0, 200))

describe('environmentSlug', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['feature-auth', 'feature-auth'],
    ['feature/login', 'feature-login'],
    ['UPPER/Case', 'upper-case'],
    ['v1.2_rc-3', 'v1-2-rc-3'],
    ['a--b//c', 'a-b-c'],
    ['_private_', 'private'],
    ['shared-cart', 'shared-cart'],
    ['x'.repeat(40), 'x'.repeat(40)],
  ]
  for (const [name, slug] of cases) {
    it(`turns ${name} into ${slug}`, () => expect(environmentSlug(name)).to.equal(slug))
  }

  const refused: readonly (readonly [string, string])[] = [
    ['', 'piko create feature-1'],
    ['-rf', 'piko create rf'],
    ['../x', 'piko create x'],
    ['a b', 'piko create a-b'],
    ['a..b', 'piko create a.b'],
    ['/-_.', 'piko create feature-1'],
    ['$(rm -rf ~)', 'piko create rm-rf'],
    ['Füße/é', 'piko create Fu-e/e'],
    ['a\nb', 'piko create a-b'],
    ['shared stuff/shared', 'piko create shared-stuff/shared'],
    ['shared!', 'piko create shared-1'],
  ]
  for (const [name, way] of refused) {
    it(`refuses ${JSON.stringify(name)} and suggests \`${way}\``, async () => {
      const details = await failing(() => environmentSlug(name))
      expect(details).to.include({ code: 'NAME_INVALID', kind: 'usage' })
      expect(details.hints?.join()).to.include(`\`${way}\``)
      expect(details.message).not.to.include('\n')
    })
  }

  it('refuses more than 200 bytes, with a one-line error', async () => {
    expect(environmentSlug('a'.repeat(200))).to.have.length(40)
    const details = await failing(() => environmentSlug('a'.repeat(300)))
    expect(details.code).to.equal('NAME_INVALID')
    expect(details.message).to.include('longer than 200 bytes').and.have.length.below(130)
  })

  for (const name of ['shared', 'proxy', 'Shared', 'proxy/', '_proxy']) {
    it(`reserves ${name} for piko`, async () => {
      const details = await failing(() => environmentSlug(name))
      expect(details).to.include({ code: 'NAME_RESERVED', kind: 'usage' })
    })
  }

  it('always returns a DNS label of at most 40 characters', () => {
    fc.assert(fc.property(goodName, name => void expect(environmentSlug(name)).to.match(label)))
  })

  it('leaves its own output unchanged', () => {
    fc.assert(
      fc.property(goodName, name => {
        expect(environmentSlug(environmentSlug(name))).to.equal(environmentSlug(name))
      }),
    )
  })

  it('shows a valid name with every refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 250 }), async text => {
        const { hints } = await failing(() => environmentSlug(`${text}!`))
        const shown = /`piko create (.+)`$/.exec(hints?.[0] ?? '')?.[1]
        expect(environmentSlug(shown ?? '')).to.match(label)
      }),
    )
  })

  it('gives long names distinct slugs', () => {
    const longNames = Array.from({ length: 500 }, (_, index) => `${'feature/'.repeat(8)}${index}`)
    expect(new Set(longNames.map(environmentSlug)).size).to.equal(longNames.length)
  })
})
