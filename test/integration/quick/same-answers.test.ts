import { expect } from 'chai'
import { makeScratchProject, type ScratchProject } from '../../support/scratch-project.js'
import { untriedFlags } from './flags.js'
import { answerOf, runCounting, throughOclif } from './support.js'

/** Calls of quick commands that need no engine. Together they give every flag of those commands. */
const quickCalls = [
  ['list'],
  ['ls'],
  ['list', '--json'],
  ['list', '--no-live'],
  ['list', '--all'],
  ['list', '--format', '{{name}}\\t{{branch}}'],
  ['list', '-a', '--format={{name}}'],
  ['list', '--drawn', '1', '--no-live'],
  ['env', 'one'],
  ['env', 'one', '--json'],
  ['env', '--format', 'shell', 'one'],
  ['path'],
  ['path', 'one'],
  ['path', 'one', '--json'],
  ['run', 'one', '--', 'echo', '--json', 'one'],
  ['run', 'one', 'sh', '-c', 'exit 3'],
  ['run', 'one', '--json', '--', 'true'],
  ['autocomplete'],
  ['autocomplete', 'bash'],
  ['autocomplete', 'fish', '--json'],
]

const mistakes = [
  ...['env', 'path', 'run', 'status', 'down', 'destroy', 'up', 'ps', 'logs', 'attach', 'sync'].flatMap(
    command => [
      [command, 'noe'],
      [command, 'nothing-like-it', '--json'],
    ],
  ),
  ...['list', 'env', 'create', 'destroy', 'doctor', 'ps', 'volumes list'].flatMap(command => [
    [...command.split(' '), '--nope'],
    [...command.split(' '), '--jso', '--json'],
  ]),
  ['exec', '--env', 'noe', 'web', 'true'],
  ['crate'],
  ['crate', 'one', '--json'],
  ['volumes', 'lst'],
  ['config', 'chek'],
]

const help = [
  ['--help'],
  ['-h'],
  ['help'],
  ['help', 'create'],
  ['config'],
  ['volumes', '--help'],
  ['plugins', '--help'],
  ['run', 'one', '--help'],
  ['create', '--help'],
  ['exec', '--help'],
  ['volumes', 'list', '--help'],
]

/** Calls for which a quick bundle is not enough. */
const slowCalls = [
  ['help', 'nope'],
  ['run', 'one'],
  ['list', '--live', '--json'],
  ['env', 'one', '--format', 'nope'],
  ['path', 'one', 'two'],
]

describe('an answer without oclif is the same as with it', () => {
  let project: ScratchProject
  before(async () => {
    project = await makeScratchProject(
      { config: 'plugins: []\nscripts: { run: echo run }\n' },
      () => undefined,
    )
    await project.pikoWell('create', 'one', '--trust')
  })
  after(() => project.dispose())

  const expectSame = async (words: readonly string[]) => {
    const [quick, slow] = [await runCounting(project, words), await throughOclif(project, words)]
    expect(answerOf(quick)).to.deep.equal(answerOf(slow))
    return quick.files
  }

  for (const words of [...quickCalls, ...mistakes, ...help])
    it(`piko ${words.join(' ')}`, async () => {
      const files = await expectSame(words)
      expect(files).to.include.members(['run.js', 'quick.start.cjs']).and.to.have.lengthOf(3)
    })

  for (const words of slowCalls)
    it(`piko ${words.join(' ')}`, async () => {
      expect(await expectSame(words)).to.include('start.execute.js')
    })

  it('tries every flag of these commands', () => {
    const commands = ['list', 'env', 'path', 'run', 'autocomplete']
    expect(untriedFlags(commands, quickCalls)).to.deep.equal([])
  })

  it('works in a worktree without a name', async () => {
    const inside = project.at(project.worktree('one'))
    expect(await inside.pikoWell('path')).to.equal(`${project.worktree('one')}\n`)
  })
})
