import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { execIn } from '../engine/exec.js'
import { requireRunning } from '../engine/running.js'
import { serviceErrors } from '../errors/services.js'

export default class Exec extends PikoCommand {
  static override enableJsonFlag = false
  static override completes = ['environment', 'service'] as const
  static override summary = 'Run a command in a running service'
  static override description =
    "Uses a terminal if there is one, and exits with the command's exit code. `web#2` is the second replica of " +
    'web. Without NAME, uses the environment of the current folder.'
  static override examples = [
    {
      description: 'Query the database',
      command: '<%= config.bin %> <%= command.id %> feature-auth db -- psql -U app -c "select 1"',
    },
    {
      description: 'Leave out the name inside the worktree',
      command: '<%= config.bin %> <%= command.id %> web -- npm test',
    },
  ]
  static override usage = 'exec [NAME] SERVICE -- CMD…'
  static override strict = false
  static override ownWords = 1
  static override flags = {
    env: envFlag,
    user: Flags.string({ char: 'u', summary: 'Run as this user', helpValue: 'USER' }),
    workdir: Flags.string({
      char: 'w',
      summary: 'Run in this folder of the container',
      helpValue: 'FOLDER',
    }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Exec)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env, { isReading: true })
    const [service] = rest
    const command = this.passed
    if (service === undefined || command.length === 0)
      throw serviceErrors.COMPOSE_COMMAND_MISSING({ environment: environment.name })
    const context = await host.open('compose', environment)
    const { id } = await requireRunning(context, service)
    this.exit(await execIn(context, { id, command, user: flags.user, workdir: flags.workdir }))
  }
}
