import { git, splitNul } from '#src/worktree/git.js'
import { expect } from 'chai'
import { failureOf, useGit } from '../../support/git.js'

describe('git', () => {
  const bed = useGit()

  it('passes arguments unchanged, and drops the variables that git sets for hooks', async () => {
    const { mainCheckout } = bed.repository()
    for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) process.env[name] = '/nowhere'
    bed.write(mainCheckout, '$(x) "y" ü')
    const { stdout } = await git(mainCheckout, ['ls-files', '-o', '-z', '--', '$(x) "y" ü'])
    expect(splitNul(stdout)).to.deep.equal(['$(x) "y" ü'])
  })

  it('returns accepted exit codes, and rejects with the last lines on others', async () => {
    const { mainCheckout } = bed.repository()
    const args = ['rev-parse', '--verify', '--quiet', 'nothing']
    expect((await git(mainCheckout, args, { accept: [1] })).exitCode).to.equal(1)
    expect((await failureOf(git(mainCheckout, args))).code).to.equal('TOOL_FAILED')
    const failed = await failureOf(git(mainCheckout, ['show', 'nothing'], { accept: [1] }))
    expect(failed.message).to.equal('`git show nothing` failed with exit code 128')
    expect(failed.details).not.to.deep.equal([])
  })

  it('speaks plain English whatever the locale', async () => {
    process.env['LC_ALL'] = 'de_DE.UTF-8'
    const { stdout } = await git(bed.folder, ['-c', 'alias.say=!echo $LC_ALL $GIT_TERMINAL_PROMPT', 'say'])
    expect(stdout).to.equal('C 0')
  })
})
