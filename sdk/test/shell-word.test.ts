import { shellWord } from '@piko/sdk'
import { expect } from 'chai'
import { execFileSync } from 'node:child_process'

describe('shellWord', () => {
  for (const word of ['plain/path-1.0', 'a b', `it's`, '"$(x)" `y`', 'ü\n*', '', '~/x', '-n']) {
    it(`survives the shell: ${JSON.stringify(word)}`, () => {
      const output = execFileSync('sh', ['-c', `printf '%s.' ${shellWord(word)}`], { encoding: 'utf8' })
      expect(output).to.equal(`${word}.`)
    })
  }
  it('does not quote a plain word', () => expect(shellWord('/a/b-c.d')).to.equal('/a/b-c.d'))
})
