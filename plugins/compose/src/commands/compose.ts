import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { literalTail } from '../arguments/literal-tail.js'
import { runCompose } from '../engine/compose.js'

export default class Compose extends PikoCommand {
  static override enableJsonFlag = false
  static override summary = 'Run any Docker Compose command in an environment'
  static override description =
    "It gets the environment's project, files, profiles and variables, and ends with the command's exit code."
  static override examples = [
    {
      description: 'What Compose makes of the files',
      command: '<%= config.bin %> <%= command.id %> feature-auth -- config',
    },
    {
      description: 'A task in a container of its own',
      command: '<%= config.bin %> <%= command.id %> feature-auth -- run --rm web npm test',
    },
  ]
  static override usage = 'compose [NAME] -- ARGS…'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'The environment, where a name alone could be a Compose command',
      helpValue: 'NAME',
    }),
  }

  async run(): Promise<void> {
    const words = literalTail(this.argv, { words: 1, valued: ['--env'] })
    const { argv, flags } = await this.parse(Compose, words)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const { exitCode } = await runCompose(context, rest)
    this.exit(exitCode)
  }
}
