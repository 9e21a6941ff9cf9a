import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../oclif/base-command.js'
import { type VariableFormat, variableFormats, variableLines } from '../output/variables.js'

export default class Env extends BaseCommand {
  static override completes = ['environment'] as const
  static override summary = 'Print the variables of an environment'
  static override description =
    'Prints its paths, ports and what plugins add. With `--format shell`, the output is safe to `eval`.'
  static override examples = [
    '<%= config.bin %> env feature-auth',
    'eval "$(<%= config.bin %> env feature-auth --format shell)"',
    '<%= config.bin %> env feature-auth --json',
  ]
  static override jsonVersion = undefined // a flat object of names and values
  static override args = {
    name: Args.string({ description: 'Name of the environment (default: the one of this folder)' }),
  }
  static override flags = {
    format: Flags.option({ options: variableFormats, default: 'dotenv' as VariableFormat })({
      summary: 'Format of the output',
    }),
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(Env)
    const { record } = await this.readEnvironment(args.name)
    // Exactly: another program reads it.
    if (!this.jsonEnabled())
      process.stdout.write(`${variableLines(record.variables, flags.format).join('\n')}\n`)
    return record.variables
  }
}
