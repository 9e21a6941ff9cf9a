import { expect } from 'chai'
import { engineOf, type Looking, onEngine } from '#compose/docker.js'
import { engineFact } from '#compose/contract.js'

const own = { host: 'unix:///own.sock' }
const other = { context: 'other' }

const unused = () => {
  throw new Error('no program runs here')
}

function contextOn(engine: unknown): Looking {
  const fact = (wanted: { readonly id: string }) =>
    (wanted.id === engineFact.id ? engine : undefined) as never
  return { look: unused, dial: unused, fact, signal: new AbortController().signal }
}

describe('the engine that docker goes to', () => {
  it('is the one that the subject was made on', () => {
    expect(engineOf(contextOn(own))).to.deep.equal(own)
    expect(engineOf(contextOn(undefined))).to.equal(undefined)
  })

  it('is the given one for a context on an engine of one’s choice, whose facts stay what they are', () => {
    const there = onEngine(contextOn(own), other)
    expect(engineOf(there)).to.deep.equal(other)
    expect(there.fact(engineFact)).to.deep.equal(own)
  })

  it('is all that such a context has beside what reaches docker: nothing else is read', () => {
    const strict = Object.defineProperty({ ...contextOn(own) }, 'environment', {
      get: unused,
      enumerable: true,
    })
    expect(Object.keys(onEngine(strict, other))).to.have.members(['look', 'dial', 'fact', 'signal', 'engine'])
  })
})
