import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { runCompose } from '../engine/compose.js'
import { requireService } from '../engine/services.js'
import { requireModel } from '../model/require.js'

export default class Logs extends PikoCommand {
  static override enableJsonFlag = false
  static override summary = 'Show what the services of an environment say'
  static override description =
    'Without SERVICE, all of them. Without NAME, the environment of the current folder.'
  static override examples = [
    { description: 'All that web has said', command: '<%= config.bin %> <%= command.id %> feature-auth web' },
    {
      description: 'The last lines, and what follows',
      command: '<%= config.bin %> <%= command.id %> feature-auth -f --tail 20',
    },
  ]
  static override usage = 'logs [NAME] [SERVICE…] [-f] [--tail N]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'The environment, where a name alone could be a service',
      helpValue: 'NAME',
    }),
    follow: Flags.boolean({ char: 'f', summary: 'Go on until Ctrl-C' }),
    tail: Flags.string({ summary: 'Only the last lines of each service', helpValue: 'N' }),
    timestamps: Flags.boolean({ char: 't', summary: 'Say when each line was written' }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Logs)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const services = rest.map(name => requireService(requireModel(context), name))
    const words = [
      ...(flags.follow ? ['--follow'] : []),
      ...(flags.timestamps ? ['--timestamps'] : []),
      ...(flags.tail === undefined ? [] : ['--tail', flags.tail]),
    ]
    const { exitCode } = await runCompose(context, ['logs', ...words, ...services])
    this.exit(exitCode)
  }
}
