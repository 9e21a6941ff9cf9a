import { expect } from 'chai'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import type { Ended } from '../support/program.js'
import { makeScratchProject, type ScratchProject } from '../support/scratch-project.js'

const calls = [
  ['--version'],
  ['-v'],
  ['list'],
  ['ls'],
  ['list', '--json'],
  ['list', '--no-live'],
  ['env', 'one'],
  ['env', 'one', '--json'],
  ['env', 'one', '--format', 'shell'],
  ['path', 'one'],
  ['path', 'one', '--json'],
  ...['env', 'path', 'status', 'down', 'destroy'].flatMap(command => [
    [command, 'noe'],
    [command, 'nothing-like-it', '--json'],
  ]),
]

describe('the fast lane', () => {
  let made: ScratchProject
  const project = () => made
  before(async () => {
    made = await makeScratchProject({ config: 'plugins: []\n' }, () => undefined)
    await made.pikoWell('create', 'one')
  })
  after(() => made.dispose())
  const execute = pathToFileURL(resolve('bundle/start.execute.js')).href
  const script = `const { execute } = await import('${execute}'); await execute(process.argv.slice(1))`
  const throughOclif = (words: readonly string[]) =>
    project().run(process.execPath, '--input-type=module', '--eval', script, '--', ...words)

  /** The environment's age keeps changing. */
  const answer = ({ exitCode, stdout, stderr }: Ended) => {
    return { exitCode, stdout: stdout.replaceAll(/ \d+s$/gm, ' Ns'), stderr }
  }

  for (const words of calls)
    it(`prints the same as \`piko ${words.join(' ')}\``, async () => {
      const [fast, slow] = await Promise.all([project().piko(...words), throughOclif(words)])
      expect(answer(fast)).to.deep.equal(answer(slow))
      expect(slow.stdout + slow.stderr).not.to.equal('')
    })

  it('works in a worktree without a name', async () => {
    const inside = project().at(project().worktree('one'))
    expect(await inside.pikoWell('path')).to.equal(`${project().worktree('one')}\n`)
  })
})
