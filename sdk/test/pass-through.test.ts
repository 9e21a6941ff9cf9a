import { resolve } from 'node:path'
import { Config, Flags } from '@oclif/core'
import { attachHost, type Host } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { expect } from 'chai'
import fc from 'fast-check'
import { programWords } from '#test/support/words.js'

interface Seen {
  readonly own: readonly unknown[]
  readonly passed: readonly string[]
  readonly user: string | undefined
}

/** Takes arguments like `exec`. */
class Probe extends PikoCommand {
  static override enableJsonFlag = false
  static override strict = false
  static override ownWords: number | undefined = 1
  static override flags = {
    env: Flags.string(),
    user: Flags.string({ char: 'u' }),
    quiet: Flags.boolean({ char: 'q', allowNo: true }),
  }

  async run(): Promise<Seen> {
    const { argv, flags } = await this.parse(Probe)
    return { own: argv, passed: this.passed, user: flags.user }
  }
}

/** Takes arguments like `compose` and `run`. */
class Bare extends Probe {
  static override ownWords = 0
}

/** Takes arguments like `logs`. */
class Plain extends Probe {
  static override ownWords = undefined
}

/** Inside the worktree of `rep`, any other first argument belongs to the command. */
const host = {
  api: 1,
  target: (words: readonly string[], asked: string | undefined) =>
    Promise.resolve({ rest: asked === undefined && words[0] === 'rep' ? words.slice(1) : words }),
  fail(error: unknown) {
    throw error
  },
} as unknown as Host

describe('arguments passed to a program', () => {
  let config: Config
  before(async () => {
    config = await Config.load(resolve('.'))
    attachHost(config, () => Promise.resolve(host))
  })
  const heads = [
    ['web'],
    ['rep', 'web'],
    ['rep', 'web', '-u', 'root'],
    ['--user=root', 'rep', 'web', '--no-quiet'],
    ['web', '--env', 'rep', '-q'],
  ]

  it('arrive unchanged after `--`, whatever they are', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), programWords, async (head, words) => {
        const seen = await Probe.run([...head, '--', ...words], config)
        expect(seen.passed).to.deep.equal(words)
        expect(seen.own.at(-1)).to.equal('web')
      }),
      { numRuns: 400 },
    ))

  it("arrive unchanged after the command's own arguments and the program's name", () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), programWords, async (head, words) => {
        const { passed } = await Probe.run([...head, 'psql', ...words], config)
        expect(passed).to.deep.equal(['psql', ...words])
      }),
      { numRuns: 400 },
    ))

  it('arrive unchanged if the command has no arguments of its own', () =>
    fc.assert(
      fc.asyncProperty(fc.boolean(), programWords, async (isNamed, words) => {
        const head = isNamed ? ['rep'] : []
        expect((await Bare.run([...head, '--', ...words], config)).passed).to.deep.equal(words)
        expect((await Bare.run([...head, 'up', ...words], config)).passed).to.deep.equal(['up', ...words])
      }),
      { numRuns: 200 },
    ))

  it('start at the first flag that the command does not have', async () => {
    const { passed, own } = await Bare.run(['rep', '--profile', 'x', '--profile', 'y', 'up'], config)
    expect({ passed, own }).to.deep.equal({
      own: ['rep'],
      passed: ['--profile', 'x', '--profile', 'y', 'up'],
    })
  })

  it("are kept apart from the command's own flags", async () => {
    expect(await Probe.run(['rep', 'web', '-u', 'root', 'id', '-u', '-u'], config)).to.deep.equal({
      own: ['rep', 'web'],
      passed: ['id', '-u', '-u'],
      user: 'root',
    })
  })

  it('keep their order in a command that passes nothing on', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c')), async words => {
        expect((await Plain.run(words, config)).own).to.deep.equal(words)
      }),
    ))
})
