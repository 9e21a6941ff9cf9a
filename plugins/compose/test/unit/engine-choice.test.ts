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

describe('the engine that docker uses', () => {
  it('is the one that the subject was created on', () => {
    expect(engineOf(contextOn(own))).to.deep.equal(own)
    expect(engineOf(contextOn(undefined))).to.equal(undefined)
  })

  it('is the given one for a context on a chosen engine, whose facts stay the same', () => {
    const there = onEngine(contextOn(own), other)
    expect(engineOf(there)).to.deep.equal(other)
    expect(there.fact(engineFact)).to.deep.equal(own)
  })

  it('comes with only what docker needs: nothing else of the context is read', () => {
    const strict = Object.defineProperty({ ...contextOn(own) }, 'environment', {
      get: unused,
      enumerable: true,
    })
    expect(Object.keys(onEngine(strict, other))).to.have.members(['look', 'dial', 'fact', 'signal', 'engine'])
  })
})
