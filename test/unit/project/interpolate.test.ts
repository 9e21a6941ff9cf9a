import { expect } from 'chai'
import fc from 'fast-check'
import { interpolate } from '#src/project/interpolate.js'
import { failing } from './failing.js'

const key = 'env.SITE'
const values = {
  name: 'x',
  host: 'x.localhost',
  'port.web': '10180',
  'port.web.8080': '10181',
  'url.web': 'http://x',
}

describe('interpolate', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['plain', 'plain'],
    ['localhost,${host}', 'localhost,x.localhost'],
    ['${port.web}/${port.web.8080}', '10180/10181'],
    ['$$', '$'],
    ['$${host}', '${host}'],
    ['$$${host}', '$x.localhost'],
    ['$HOME costs 5$', '$HOME costs 5$'],
  ]
  for (const [template, text] of cases) {
    it(`turns ${template} into ${text}`, () => expect(interpolate(template, { key, values })).to.equal(text))
  }

  it('does not interpolate the values it fills in', () => {
    expect(interpolate('${name}', { key, values: { name: '${host} $$ $&' } })).to.equal('${host} $$ $&')
  })

  it('names the key, the placeholder and the nearest one', async () => {
    const details = await failing(() => interpolate('${host} ${port.wbe}', { key, values }))
    expect(details.code).to.equal('CONFIG_PLACEHOLDER_UNKNOWN')
    expect(details.message).to.equal(
      'env.SITE has the unknown placeholder `${port.wbe}`: no service wbe of the environment publishes that port; the nearest is `port.web`',
    )
  })

  for (const template of ['${}', '${constructor}', '${__proto__}', '${ name }', '${A:-b}']) {
    it(`refuses the unknown ${template}`, async () => {
      expect((await failing(() => interpolate(template, { key, values }))).code).to.equal(
        'CONFIG_PLACEHOLDER_UNKNOWN',
      )
    })
  }

  it('refuses an unclosed placeholder', async () => {
    const details = await failing(() => interpolate('a ${host', { key, values }))
    expect(details.code).to.equal('CONFIG_PLACEHOLDER_UNCLOSED')
  })

  it('restores any text whose dollar signs were doubled', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', '\n') }), text => {
        expect(interpolate(text.replaceAll('$', '$$$$'), { key, values })).to.equal(text)
      }),
    )
  })
})
