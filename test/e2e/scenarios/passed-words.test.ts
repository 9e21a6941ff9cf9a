import { expect } from 'chai'
import fc from 'fast-check'
import { site } from '../../support/compose-projects.js'
import { useProject } from '../../support/suite-project.js'
import { manyWords } from '../../support/words.js'

/** Prints its arguments, each followed by a NUL. */
const echo = ['sh', '-c', String.raw`for word; do printf '%s\0' "$word"; done`, 'echo']

describe('arguments for a program', () => {
  const project = useProject(site, async made => {
    await made.pikoWell('create', 'rep')
    await made.pikoWell('create', 'other', '--no-start')
  })
  const heard = async (...words: readonly string[]) => {
    const output = await project().pikoWell(...words)
    return output.split('\0').slice(0, -1)
  }
  const reaches = (...head: readonly string[]) =>
    fc.assert(
      fc.asyncProperty(manyWords, async words => {
        expect(await heard(...head, ...echo, ...words)).to.deep.equal(words)
      }),
      { numRuns: 3 },
    )

  it('keep their order if repeated', async () => {
    expect(await project().pikoWell('exec', 'rep', 'web', '--', 'echo', 'a', 'b', 'a', 'c', 'b')).to.equal(
      'a b a c b\n',
    )
  })

  it('arrive unchanged with `exec`, after `--`', () => reaches('exec', 'rep', 'web', '--'))
  it('arrive unchanged with `exec`, without `--`', () => reaches('exec', 'rep', 'web'))
  it('arrive unchanged with `compose`, after `--`', () =>
    reaches('compose', 'rep', '--', 'exec', '-T', 'web'))
  it('arrive unchanged with `compose`, without `--`', () => reaches('compose', 'rep', 'exec', '-T', 'web'))
  it('arrive unchanged with `run`, after `--`', () => reaches('run', 'rep', '--'))
  it('arrive unchanged with `run`, without `--`', () => reaches('run', 'rep'))

  it('include `-h` and `--help`', async () => {
    expect(await heard('exec', 'rep', 'web', ...echo, '-h', '--help')).to.deep.equal(['-h', '--help'])
    expect(await heard('run', 'rep', ...echo, '--help', '--json')).to.deep.equal(['--help', '--json'])
    expect(await project().pikoWell('exec', 'rep', 'web', '--help')).to.contain('USAGE')
  })

  it('may start with a program named like an environment, inside the worktree', async () => {
    const inside = project().at(project().worktree('rep'))
    const { stderr, exitCode } = await inside.piko('run', '--', 'other')
    expect(stderr).to.contain('`other` is not on the PATH')
    expect(exitCode).to.equal(4)
    expect(await inside.pikoWell('compose', '--', 'exec', '-T', 'web', 'echo', 'rep')).to.equal('rep\n')
  })

  it('leave stdin to the program', async () => {
    const running = project().startPiko('run', 'rep', '--', 'head', '-n', '1')
    running.type('for the program\n')
    expect((await running.ended).stdout).to.equal('for the program\n')
  })

  it('are refused by `shell`', async () => {
    const { exitCode, stderr } = await project().piko('shell', 'rep', 'web', 'ls')
    expect(exitCode).to.equal(2)
    expect(stderr).to.contain('`piko exec rep web -- ls`')
  })
})
