import { expect } from 'chai'
import fc from 'fast-check'
import { projectSlug } from '#src/project/slug.js'

const label = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
const anyText = fc.string({ unit: 'binary', maxLength: 120 })

describe('projectSlug', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['myapp', 'myapp'],
    ['My App', 'my-app'],
    ['Ünïcode_Café', 'unicode-cafe'],
    ['--a..b__c--', 'a-b-c'],
    ['2048', '2048'],
  ]
  for (const [folder, slug] of cases) {
    it(`turns ${folder} into ${slug}`, () => expect(projectSlug(folder)).to.equal(slug))
  }

  it('gives each folder without a Latin letter a name of its own', () => {
    expect(projectSlug('项目')).to.match(/^project-[0-9a-f]{6}$/)
    expect(projectSlug('项目')).not.to.equal(projectSlug('工程'))
    expect(projectSlug('')).to.match(label)
  })

  it('always returns a DNS label of at most 40 characters without double dashes', () => {
    fc.assert(
      fc.property(anyText, folder => {
        expect(projectSlug(folder)).to.match(label)
        expect(projectSlug(folder)).not.to.include('--')
      }),
    )
  })

  it('leaves its own output unchanged', () => {
    fc.assert(
      fc.property(anyText, folder => {
        expect(projectSlug(projectSlug(folder))).to.equal(projectSlug(folder))
      }),
    )
  })
})
