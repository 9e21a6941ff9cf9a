import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { runCompose } from '../engine/compose.js'
import { commandMissing } from '../engine/errors.js'
import { requireRunning } from '../engine/running.js'

export default class Exec extends PikoCommand {
  static override enableJsonFlag = false
  static override summary = 'Run a command in a running service'
  static override description =
    "With a terminal where there is one. It ends with the command's exit code. Without NAME, the environment of the current folder."
  static override examples = [
    {
      description: 'A shell in the database',
      command: '<%= config.bin %> <%= command.id %> feature-auth db -- sh',
    },
    {
      description: 'From inside the worktree',
      command: '<%= config.bin %> <%= command.id %> web -- npm test',
    },
  ]
  static override usage = 'exec [NAME] SERVICE -- CMD…'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'The environment, where a name alone could be a service',
      helpValue: 'NAME',
    }),
    user: Flags.string({ char: 'u', summary: 'Run it as this user', helpValue: 'USER' }),
    workdir: Flags.string({
      char: 'w',
      summary: 'Run it in this folder of the container',
      helpValue: 'FOLDER',
    }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Exec)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const [service, ...command] = rest
    if (service === undefined || command.length === 0) throw commandMissing(environment.name)
    const context = await host.open('compose', environment)
    await requireRunning(context, service)
    const words = [
      ...(process.stdin.isTTY && process.stdout.isTTY ? [] : ['-T']),
      ...(flags.user === undefined ? [] : ['--user', flags.user]),
      ...(flags.workdir === undefined ? [] : ['--workdir', flags.workdir]),
    ]
    const { exitCode } = await runCompose(context, ['exec', ...words, service, ...command])
    this.exit(exitCode)
  }
}
