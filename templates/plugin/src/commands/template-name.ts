import { Args } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { readFile } from 'node:fs/promises'
import { noteOf } from '../steps/write-note.js'

export default class TemplateName extends PikoCommand {
  static override summary = 'Print the note of an environment'
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
    const text = (await readFile(noteOf(environment), 'utf8')).trimEnd()
    this.log(text)
    return { environment: environment.name, text }
  }
}
