import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { execIn } from '../engine/exec.js'
import { requireRunning } from '../engine/running.js'
import { lookDocker } from '../docker.js'
import { serviceErrors } from '../errors/services.js'
import { requireModel } from '../model/require.js'

export default class Shell extends PikoCommand {
  static override enableJsonFlag = false
  static override completes = ['environment', 'service'] as const
  static override summary = 'Open a shell in a running service'
  static override description =
    'Starts bash if the image has it, else sh. `web#2` is the second replica of web. Without NAME, uses the ' +
    'environment of the current folder.'
  static override examples = [
    {
      description: 'Open a shell in the database',
      command: '<%= config.bin %> <%= command.id %> feature-auth db',
    },
    {
      description: 'Open one as root, from inside the worktree',
      command: '<%= config.bin %> <%= command.id %> web --user root',
    },
  ]
  static override usage = 'shell [NAME] SERVICE'
  static override strict = false
  static override flags = {
    env: envFlag,
    user: Flags.string({ char: 'u', summary: 'Run as this user', helpValue: 'USER' }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Shell)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env, { isReading: true })
    const context = await host.open('compose', environment)
    const [service, ...words] = rest
    if (service === undefined)
      throw serviceErrors.COMPOSE_SERVICE_UNNAMED({
        command: 'shell',
        known: Object.keys(requireModel(context).services),
      })
    if (words.length > 0)
      throw serviceErrors.COMPOSE_SHELL_WORDS({ environment: environment.name, service, words })
    const { id, image } = await requireRunning(context, service)
    const command = ['sh', '-c', 'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi']
    const exitCode = await execIn(context, { id, command, user: flags.user })
    // Docker exits with these codes if the program is missing. A shell may too, so check again.
    if (exitCode === 126 || exitCode === 127) {
      const probe = await lookDocker(context, ['exec', id, 'sh', '-c', ':'], { allowFailure: true })
      if (probe.exitCode !== 0)
        throw serviceErrors.COMPOSE_SHELL_MISSING({ environment: environment.name, service, image })
    }
    this.exit(exitCode)
  }
}
