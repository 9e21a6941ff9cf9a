import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { type VariableFormat, variableFormats, variableLines } from '../output/variables.js'

export default class Env extends BaseCommand {
  static override summary = 'Print the variables of an environment'
  static override description =
    'Its paths, ports and what plugins add. With `--format shell` the output is safe to `eval`, whatever the values hold.'
  static override examples = [
    '<%= config.bin %> env feature-auth',
    'eval "$(<%= config.bin %> env feature-auth --format shell)"',
    '<%= config.bin %> env feature-auth --json',
  ]
  static override jsonVersion = undefined // one flat object: names and values
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }
  static override flags = {
    format: Flags.option({ options: variableFormats, default: 'dotenv' as VariableFormat })({
      summary: 'How variables are written',
    }),
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(Env)
    const { record } = await this.about(args.name, { tolerant: true })
    this.say(variableLines(record.variables, flags.format))
    return record.variables
  }
}
