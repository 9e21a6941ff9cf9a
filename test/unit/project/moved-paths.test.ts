import { expect } from 'chai'
import { movedJson, movedPath, movedText } from '#src/project/moved-paths.js'

const move = { from: '/a/shop', to: '/b/new $&' }

describe('the path of a moved folder', () => {
  it('is replaced in a path only if that is in the folder', () => {
    expect(movedPath('/a/shop', move)).to.equal('/b/new $&')
    expect(movedPath('/a/shop/x', move)).to.equal('/b/new $&/x')
    expect(movedPath('/a/shopping/x', move)).to.equal('/a/shopping/x')
  })

  it('is replaced in a text wherever it is whole', () => {
    expect(movedText('/a/shop/x:/app,/a/shop', move)).to.equal('/b/new $&/x:/app,/b/new $&')
    for (const other of ['/a/shopping', '/x/a/shop', '/a/shop-2', '/a/shop.old', 'x/a/shop'])
      expect(movedText(other, move)).to.equal(other)
  })

  it('is replaced in every string of a JSON text', () => {
    const before = { '/a/shop/x': ['/a/shop', 1, null, { deep: 'in /a/shop' }] }
    const after = { '/b/new $&/x': ['/b/new $&', 1, null, { deep: 'in /b/new $&' }] }
    expect(JSON.parse(movedJson(JSON.stringify(before), move))).to.deep.equal(after)
  })
})
