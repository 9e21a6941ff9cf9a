import { expect } from 'chai'
import { parseConfig } from '#src/project/config-document.js'
import { failing } from './failing.js'

const bomb = ['a: &a [1,1,1,1,1,1,1,1,1]', ...'bcdefgh'].map((line, index) => {
  const before = String.fromCharCode(96 + index)
  return index === 0 ? line : `${line}: &${line} [${Array(9).fill(`*${before}`).join(',')}]`
})

describe('parseConfig', () => {
  for (const text of ['', '\n', '# only a note\n', '---\n', 'null\n', '\uFEFF']) {
    it(`treats ${JSON.stringify(text)} as an empty file`, () => {
      expect(parseConfig(text, '.piko.yml').value).to.deep.equal({})
    })
  }

  const broken: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'duplicate keys',
      'a: 1\na: 2\nb: 1\nb: 2\n',
      ['2:1  this key occurs twice', '4:1  this key occurs twice'],
    ],
    ['a list', '- a\n', ['1:1  expected a mapping of keys at the top of the file']],
    ['a text', '\nhello\n', ['2:1  expected a mapping of keys at the top of the file']],
    ['a second document', 'a: 1\n---\nb: 2\n', ['2:1  a second document begins here; piko reads one']],
    ['an unknown alias', 'a: 1\nb: *x\n', ['2:4  no anchor `&x` precedes this alias']],
    ['an alias in itself', 'a: &a [*a]\n', ['1:8  the alias `*a` contains itself']],
    ['an alias bomb', bomb.join('\n'), ['8:32  the aliases up to here expand to too much']],
    ['an unknown tag', 'a: !foo x\n', ['1:4  Unresolved tag: !foo']],
    ['a key that is a list', '? [a]\n: 1\n', ['1:3  With stringKeys, all keys must be strings']],
  ]
  for (const [what, text, problems] of broken) {
    it(`refuses ${what} and says where`, async () => {
      const details = await failing(() => parseConfig(text, '.piko.yml'))
      expect(details).to.include({ code: 'CONFIG_INVALID', kind: 'state' })
      expect(details.details).to.deep.equal(problems.map(problem => `.piko.yml:${problem}`))
    })
  }

  it('reports where a syntax error is', async () => {
    const { details } = await failing(() => parseConfig('a: 1\nb: "x\n', '.piko.yml'))
    expect(details?.[0]).to.match(/^\.piko\.yml:\d+:\d+ {2}Missing closing "quote/)
  })

  it('reports the position of keys and items, also through aliases', () => {
    const { positionOf } = parseConfig('a: &a\n  b: 1\nc: [x, {d: 1}]\ne: *a\n', '.piko.yml')
    expect(positionOf(['a', 'b'])).to.deep.equal({ line: 2, column: 3 })
    expect(positionOf(['c', 1])).to.deep.equal({ line: 3, column: 8 })
    expect(positionOf(['c', 1, 'd'])).to.deep.equal({ line: 3, column: 9 })
    expect(positionOf(['e', 'b'])).to.deep.equal({ line: 2, column: 3 })
    expect(positionOf(['e', 'missing', 'deeper'])).to.deep.equal({ line: 4, column: 1 })
  })

  it('treats __proto__ as an ordinary key', () => {
    const { value } = parseConfig('__proto__: { polluted: 1 }\n', '.piko.yml')
    expect(Object.keys(value)).to.deep.equal(['__proto__'])
    expect({}).not.to.have.property('polluted')
  })
})
