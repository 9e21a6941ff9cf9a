import { shellWord } from '@piko/sdk'
import { expect } from 'chai'
import { execFileSync } from 'node:child_process'

describe('shellWord', () => {
  for (const word of ['plain/path-1.0', 'a b', `it's`, '"$(x)" `y`', 'ü\n*', '', '~/x', '-n']) {
    it(`comes back from the shell: ${JSON.stringify(word)}`, () => {
      const output = execFileSync('sh', ['-c', `printf '%s.' ${shellWord(word)}`], { encoding: 'utf8' })
      expect(output).to.equal(`${word}.`)
    })
  }
  it('leaves a plain word plain', () => expect(shellWord('/a/b-c.d')).to.equal('/a/b-c.d'))
})
