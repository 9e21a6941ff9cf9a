import { detailsOf, errorTable, warningTable } from '@piko/sdk'
import { expect } from 'chai'

const cause = new Error('disk full')

const errors = errorTable({
  TOY_TAKEN: ({ name, by, cause }: { name: string; by: string; cause: unknown }) => ({
    message: `${name} is taken by ${by}`,
    hints: [`To wait, run \`toy wait ${name}\``],
    kind: 'refused',
    cause,
  }),
  TOY_EMPTY: { message: 'There is no toy' },
})

describe('errorTable', () => {
  it('creates an error from facts, with its code, which detailsOf recognizes', () => {
    const error = errors.TOY_TAKEN({ name: 'ball', by: 'cat', cause })
    expect(error).to.be.an('error').with.property('message', 'ball is taken by cat')
    expect(error.cause).to.equal(cause)
    expect(detailsOf(error)).to.deep.equal({
      code: 'TOY_TAKEN',
      message: 'ball is taken by cat',
      hints: ['To wait, run `toy wait ball`'],
      kind: 'refused',
      cause,
    })
  })

  it('creates an error without facts', () =>
    expect(detailsOf(errors.TOY_EMPTY())).to.deep.equal({ code: 'TOY_EMPTY', message: 'There is no toy' }))
})

describe('warningTable', () => {
  it('creates a warning as plain data', () => {
    const warnings = warningTable({
      TOY_LOUD: ({ service }: { service: string }) => ({ message: `${service} is loud`, service }),
    })
    const warning = warnings.TOY_LOUD({ service: 'drum' })
    expect(warning).to.deep.equal({ code: 'TOY_LOUD', message: 'drum is loud', service: 'drum' })
  })
})
