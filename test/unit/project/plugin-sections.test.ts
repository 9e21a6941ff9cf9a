import { expect } from 'chai'
import { z } from 'zod'
import { check, compose, handMade, problemsIn, tmux, zodSection } from './sections.js'
import { failing } from './failing.js'

describe('unknown keys, whatever the library', () => {
  const jsonSchema = () => ({
    type: 'object',
    additionalProperties: false,
    properties: {
      services: { $ref: '#/$defs/services' },
      tree: { $ref: '#' },
      kind: { anyOf: [{ $ref: '#/$defs/small' }, { $ref: '#/$defs/large' }] },
      open: { type: 'object', properties: { a: { type: 'string' } } },
    },
    $defs: {
      services: {
        type: 'array',
        items: { type: 'object', additionalProperties: false, properties: { port: { type: 'integer' } } },
      },
      small: {
        type: 'object',
        additionalProperties: false,
        properties: { type: { const: 'small' }, grams: { type: 'number' } },
      },
      large: {
        type: 'object',
        additionalProperties: false,
        properties: { type: { const: 'large' }, tons: { type: 'number' } },
      },
    },
  })
  const silent = handMade('hand', { jsonSchema, validate: value => ({ value }) })

  it('are found when the library reports nothing', async () => {
    expect(
      await problemsIn(
        'hand: { services: [{ port: 1 }, { prt: 2 }], tree: { sevices: [] }, open: { b: 1 } }',
        [silent],
      ),
    ).to.deep.equal([
      '1:35  hand.services[1].prt: unknown key `prt`; the nearest is `port`',
      '1:54  hand.tree.sevices: unknown key `sevices`; the nearest is `services`',
    ])
  })

  it('are reported for the alternative that was meant', async () => {
    expect(await problemsIn('hand: { kind: { type: large, grams: 1 } }', [silent])).to.deep.equal([
      '1:30  hand.kind.grams: unknown key `grams`; known are `type`, `tons`',
    ])
    await check('hand: { kind: { type: small, grams: 1 } }', [silent])
  })

  it('are reported once when the library reports them too, at the key or above it', async () => {
    const strict = (path: readonly string[]) =>
      handMade('hand', {
        jsonSchema,
        validate: value =>
          typeof value === 'object' && value !== null && 'extra' in value
            ? { issues: [{ message: 'no', path }] }
            : { value },
      })
    for (const path of [['extra'], []]) {
      expect(await problemsIn('hand: { extra: 1 }', [strict(path)])).to.have.length(1)
    }
  })

  it('are found where zod would drop them silently', async () => {
    const loose = { ...zodSection('hand', z.object({ a: z.string().optional() })) }
    const closed = { name: 'hand', config: { ...loose.config, jsonSchema: compose.config.jsonSchema } }
    expect(await problemsIn('hand: { b: 1 }', [closed])).to.deep.equal([
      '1:9  hand.b: unknown key `b`; known are `dir`, `files`, `bind`',
    ])
  })
})

describe('libraries of plugins', () => {
  it('may validate asynchronously, with path segments as objects', async () => {
    const later = handMade('hand', {
      jsonSchema: () => ({ type: 'object' }),
      validate: async () => ({ issues: [{ message: 'the moon is wrong', path: [{ key: 'moon' }] }] }),
    })
    expect(await problemsIn('a: &a 1\nhand: { moon: full }', [later])).to.include(
      '2:9  hand.moon: the moon is wrong',
    )
  })

  it('receive an absent section as {}', async () => {
    const seen: unknown[] = []
    const hand = handMade('hand', {
      jsonSchema: () => ({}),
      validate: value => ({ value: seen.push(value) }),
    })
    await check('', [hand])
    expect(seen).to.deep.equal([{}])
  })

  for (const part of ['validate', 'jsonSchema'] as const) {
    it(`are named if ${part} throws`, async () => {
      const broken = handMade('hand', {
        jsonSchema: () => ({}),
        validate: value => ({ value }),
        [part]: () => {
          throw new TypeError('oops')
        },
      })
      const details = await failing(() => check('hand: {}', [broken, tmux]))
      expect(details).to.include({ code: 'CONFIG_SCHEMA_BROKEN', kind: 'plugin' })
      expect(details.message).to.include('`hand`')
    })
  }
})
