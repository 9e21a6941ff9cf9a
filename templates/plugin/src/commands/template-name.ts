import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { readFile } from 'node:fs/promises'
import { fileOf } from '../steps/set-up-template-name.js'

export default class TemplateName extends PikoCommand {
  static override summary = 'Show what template-name has set up in an environment'
  static override examples = [
    '<%= config.bin %> <%= command.id %> feature-auth',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }

  async run() {
    const { args } = await this.parse(TemplateName)
    const host = await this.host()
    const environment = await host.environment(args.name)
    const file = fileOf(environment)
    const text = await readFile(file, 'utf8')
    this.log(text.trimEnd())
    return { environment: environment.name, file }
  }
}
