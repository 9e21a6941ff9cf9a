import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { runCompose } from '../engine/compose.js'

export default class Compose extends PikoCommand {
  static override enableJsonFlag = false
  static override completes = ['environment'] as const
  static override summary = 'Run any Docker Compose command in an environment'
  static override description =
    "Passes the environment's project, files, profiles and variables, and exits with the command's exit code."
  static override examples = [
    {
      description: 'Print the resolved Compose configuration',
      command: '<%= config.bin %> <%= command.id %> feature-auth -- config',
    },
    {
      description: 'Run a task in a new container',
      command: '<%= config.bin %> <%= command.id %> feature-auth -- run --rm web npm test',
    },
  ]
  static override usage = 'compose [NAME] -- ARGS…'
  static override strict = false
  static override ownWords = 0
  static override flags = {
    env: Flags.string({
      summary: 'Use this environment, if its name could also be a Compose command',
      helpValue: 'NAME',
    }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Compose)
    const host = await this.host()
    const { environment } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const { exitCode } = await runCompose(context, this.passed)
    this.exit(exitCode)
  }
}
