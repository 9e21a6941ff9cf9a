import { expect } from 'chai'
import { untriedFlags } from '../../integration/quick/flags.js'
import { answerOf, runCounting, throughOclif } from '../../integration/quick/support.js'
import { useScenario } from '../../support/scenario.js'

const calls = [
  ['ps', 'one'],
  ['ps', '--json'],
  ['ps', '--env', 'one', 'web'],
  ['logs', 'one', '--tail', '1', '--no-color'],
  ['logs', 'web', '-n', '1', '-t', '--since', '1h', '--env', 'one'],
  ['exec', 'one', 'web', '--', 'cat', '/etc/hostname'],
  ['exec', '-u', 'root', '-w', '/tmp', '--env', 'one', 'web', '--', 'pwd'],
  ['exec', 'one', 'web', '--', 'sh', '-c', 'exit 7'],
  ['explain', 'one'],
  ['explain', 'web', '--env', 'one', '--json'],
  ['open', 'one', '--print'],
  ['open', '--env', 'one', 'web', '--json'],
  ['attach', 'one'],
  ['sessions'],
  ['sessions', '--json'],
]

/** `logs --follow` never ends. */
const untriable = ['logs --follow']

describe('commands that read or run one program', () => {
  const scenario = useScenario()

  it('answer the same with and without oclif, from three files', async () => {
    const web = 'services: { web: { image: nginx:alpine, ports: ["80"] } }\n'
    const made = await scenario.project({ files: { 'compose.yaml': web } })
    const project = made.at(made.root, { PIKO_NO_TMUX: undefined })
    await project.pikoWell('create', 'one')
    for (const words of calls) {
      const quick = await runCounting(project, words)
      expect(answerOf(quick), words.join(' ')).to.deep.equal(answerOf(await throughOclif(project, words)))
      expect(quick.files, words.join(' ')).to.include('quick.start.cjs').and.to.have.lengthOf(3)
    }
    expect(
      untriedFlags(['ps', 'logs', 'exec', 'explain', 'open', 'attach', 'sessions'], calls),
    ).to.deep.equal(untriable)
  })
})
