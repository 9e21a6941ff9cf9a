import { Command, Flags, type Interfaces } from '@oclif/core'
import { detailsOf } from './errors.js'
import { type Host, hostOf } from './host.js'
import { markTail } from './pass-through.js'
import { readTerminal } from './terminal.js'
import { visibleLine, visibleText } from './visible-text.js'

type FlagOutput = Interfaces.OutputFlags<Interfaces.FlagInput>
type ArgOutput = Interfaces.OutputArgs<Interfaces.ArgInput>

/**
 * The base class of all commands of piko and its plugins. It adds a versioned `--json` and piko's errors and exit codes.
 * It needs `@oclif/core` 4, which a plugin with commands depends on anyway.
 *
 * `run` returns the answer as an object. `this.log` prints it for people and is silent with `--json`.
 */
export abstract class PikoCommand extends Command {
  static override enableJsonFlag = true
  static override baseFlags = {
    json: Flags.boolean({ summary: 'Print the answer as JSON', helpGroup: 'GLOBAL' }),
  }
  /** Version of the `--json` format. Raised when a field is removed or changes its meaning. */
  static jsonVersion: number | undefined = 1
  /**
   * For a command that passes words to a program: how many words are its own, besides the environment. `exec [NAME]
   * SERVICE -- CMD…` has 1. The other words are in `passed`. Such a command must not be strict.
   */
  static ownWords: number | undefined
  /** What its words are, for completion in a shell. After an environment, `service` stands for any number of its services. */
  static completes: readonly ('branch' | 'environment' | 'service')[] = []

  /** The program's words, set by `parse`: what follows `--` or the command's own words, unchanged and in order. */
  protected passed: readonly string[] = []

  protected host(): Promise<Host> {
    return hostOf(this.config)
  }

  /** Prints a line for people, with control characters as text. Colors are kept on a terminal. */
  override log(message = '', ...words: readonly string[]): void {
    super.log(shownOn(process.stdout, message), ...words)
  }

  override logToStderr(message = '', ...words: readonly string[]): void {
    super.logToStderr(shownOn(process.stderr, message), ...words)
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

  /** Puts `--` before the program's words in `argv`, if there are any. */
  protected override async init(): Promise<void> {
    await super.init()
    const { ownWords, flags } = this.kind()
    if (ownWords === undefined) return
    const json = this.kind().enableJsonFlag ? { json: { type: 'boolean' as const } } : {}
    const namesEnvironment = (word: string, asked: string | undefined) => this.namesEnvironment(word, asked)
    this.argv = await markTail(this.argv, { ownWords, flags: { ...json, ...flags }, namesEnvironment })
  }

  /**
   * Whether the first word names the environment. A word that can't be anything else counts as one and is refused
   * later.
   */
  protected async namesEnvironment(word: string, asked: string | undefined): Promise<boolean> {
    const host = await this.host()
    const rest = await host.target([word], asked).then(
      target => target.rest,
      error => (detailsOf(error)?.code === 'ENVIRONMENT_IS_SERVICE' ? [word] : []),
    )
    return asked === undefined && rest.length === 0
  }

  /**
   * oclif sorts words by their first occurrence in `argv`, which moves repeated ones. This keeps them in order, and
   * reads none from stdin, which belongs to the program.
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

function shownOn(stream: NodeJS.WriteStream, line: string): string {
  return readTerminal(stream).colors ? visibleLine(line) : visibleText(line)
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
