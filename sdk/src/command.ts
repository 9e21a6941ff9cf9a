import { Command, Flags, type Interfaces } from '@oclif/core'
import { type Host, hostOf } from './host.js'
import { markTail } from './pass-through.js'

type FlagOutput = Interfaces.OutputFlags<Interfaces.FlagInput>
type ArgOutput = Interfaces.OutputArgs<Interfaces.ArgInput>

/**
 * What every command of piko and of its plugins extends: `--json` with a version, errors and exit codes as piko has
 * them. It needs `@oclif/core` 4 beside it, which a plugin with commands has anyway.
 *
 * `run` returns the answer as an object; `this.log` prints the same for people and is silent with `--json`.
 */
export abstract class PikoCommand extends Command {
  static override enableJsonFlag = true
  static override baseFlags = {
    json: Flags.boolean({ summary: 'Print the answer as JSON', helpGroup: 'GLOBAL' }),
  }
  /** The version of the shape that `--json` prints; raised when a field goes or changes its meaning. */
  static jsonVersion: number | undefined = 1
  /**
   * For a command that passes words to a program: how many words are its own, besides the name of an environment. `exec
   * [NAME] SERVICE -- CMD…` has 1. All others are in `passed`. Such a command is not strict.
   */
  static ownWords: number | undefined
  /** What its words are, for completion in a shell. After an environment, `service` stands for any number of its services. */
  static completes: readonly ('branch' | 'environment' | 'service')[] = []

  /** The program's words once `parse` has run: what follows `--` or the command's own words, unchanged and in order. */
  protected passed: readonly string[] = []

  protected host(): Promise<Host> {
    return hostOf(this.config)
  }

  override toSuccessJson(result: unknown): unknown {
    const { jsonVersion } = this.kind()
    return jsonVersion === undefined ? result : { version: jsonVersion, ...(result as object) }
  }

  override async catch(error: Error & { code?: string }): Promise<void> {
    if (error.code === 'EEXIT') throw error
    const host = await this.host()
    process.exitCode = host.fail(error, { json: this.jsonEnabled() })
  }

  /** From here on `argv` has `--` before the program's words, where there are any. */
  protected override async init(): Promise<void> {
    await super.init()
    const { ownWords, flags } = this.kind()
    if (ownWords === undefined) return
    const json = this.kind().enableJsonFlag ? { json: { type: 'boolean' as const } } : {}
    const namesEnvironment = (word: string, asked: string | undefined) => this.namesEnvironment(word, asked)
    this.argv = await markTail(this.argv, { ownWords, flags: { ...json, ...flags }, namesEnvironment })
  }

  /** Whether the first word is the environment's name. A word that is nothing else is taken for one, and refused later. */
  protected async namesEnvironment(word: string, asked: string | undefined): Promise<boolean> {
    const host = await this.host()
    const rest = await host.target([word], asked).then(
      target => target.rest,
      () => [],
    )
    return asked === undefined && rest.length === 0
  }

  /**
   * oclif sorts words by where each first occurs in `argv`, which moves a repeated one. Here they stay in order, and no
   * word is read from stdin, which belongs to the program that runs.
   */
  protected override async parse<F extends FlagOutput, B extends FlagOutput, A extends ArgOutput>(
    options?: Interfaces.Input<F, B, A>,
    argv: string[] = this.argv,
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const at = this.kind().ownWords === undefined ? -1 : argv.indexOf('--')
    const own = at < 0 ? argv : argv.slice(0, at)
    if (at >= 0) this.passed = argv.slice(at + 1)
    const output = await super.parse(options && withoutStdin(options), own)
    if (this.kind().strict) return output
    return { ...output, argv: output.raw.flatMap(token => (token.type === 'arg' ? [token.input] : [])) }
  }

  private kind(): typeof PikoCommand {
    return this.ctor as typeof PikoCommand // every subclass of this class has its statics
  }
}

/** A class that is taken apart loses what it inherits: that is named here. */
function withoutStdin<F extends FlagOutput, B extends FlagOutput, A extends ArgOutput>(
  options: Interfaces.Input<F, B, A>,
): Interfaces.Input<F, B, A> {
  const { baseFlags, enableJsonFlag } = options
  const entries = Object.entries<Interfaces.ArgInput[string]>(options.args ?? {})
  const args = Object.fromEntries(entries.map(([name, arg]) => [name, { ...arg, ignoreStdin: true }]))
  return { ...options, baseFlags, enableJsonFlag, args } as Interfaces.Input<F, B, A> // the same arguments
}
