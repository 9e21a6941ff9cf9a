import { expect } from 'chai'
import { z } from 'zod'
import { mergedJsonSchema } from '#src/project/json-schema.js'
import { coreSchema } from '#src/project/schema.js'
import { compose, handMade, tmux, zodSection } from './sections.js'

describe('mergedJsonSchema', () => {
  it('has the keys of core and a closed section for each plugin', () => {
    const schema = mergedJsonSchema(coreSchema, [tmux, compose])
    expect(schema).to.include({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      additionalProperties: false,
    })
    expect(schema['properties']).to.include.keys('project', 'plugins', 'ports', 'compose', 'tmux')
  })

  it('describes every key of core', () => {
    const properties = mergedJsonSchema(coreSchema, [])['properties']
    for (const key of Object.values(properties ?? {}))
      expect(key).to.have.property('description').that.is.not.empty
  })

  it('rewrites the references of a section to its position', () => {
    const tree: z.ZodType = z.strictObject({
      get children() {
        return z.array(tree).optional()
      },
    })
    const text = JSON.stringify(mergedJsonSchema(coreSchema, [zodSection('tree', tree)]))
    expect(text).to.include('"$ref":"#/properties/tree"')
    expect(text).not.to.include('"$ref":"#"')
  })

  it('drops the `$schema` and `$id` of a section', () => {
    const jsonSchema = () => ({ $schema: 'x', $id: 'y', type: 'object' })
    const schema = mergedJsonSchema(coreSchema, [
      handMade('hand', { jsonSchema, validate: value => ({ value }) }),
    ])
    expect(schema['properties']).to.have.property('hand').that.does.not.include.keys('$schema', '$id')
  })

  it('does not let a plugin redefine a key of core', () => {
    const schema = mergedJsonSchema(coreSchema, [zodSection('ports', z.strictObject({}))])
    expect(JSON.stringify(schema['properties'])).to.include('"base"')
  })
})
