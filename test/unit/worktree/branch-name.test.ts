import { isValidBranchName } from '#src/worktree/branch-name.js'
import { expect } from 'chai'
import { useGit } from '../../support/git.js'

describe('isValidBranchName', () => {
  useGit()

  for (const name of ['main', 'feature/login', 'ünï', "it's", 'a/-b', '"quoted"']) {
    it(`accepts ${name}`, async () => expect(await isValidBranchName(name)).to.equal(true))
  }
  for (const name of [
    '',
    '-x',
    '--all',
    'a b',
    'a..b',
    'x.lock',
    'HEAD',
    '@',
    '@{-1}',
    'a\nb',
    'a\0b',
    'a~1',
  ]) {
    it(`refuses ${JSON.stringify(name)}`, async () => expect(await isValidBranchName(name)).to.equal(false))
  }
})
