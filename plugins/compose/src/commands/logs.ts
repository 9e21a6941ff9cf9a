import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { runLogs } from '../engine/logs.js'

export default class Logs extends PikoCommand {
  static override enableJsonFlag = false
  static override summary = 'Show what the services of an environment say'
  static override description =
    'Without SERVICE, all of them. `web#2` is the second replica of web. Without NAME, the environment of the current ' +
    'folder.'
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
    env: envFlag,
    follow: Flags.boolean({ char: 'f', summary: 'Go on until Ctrl-C' }),
    tail: Flags.string({ char: 'n', summary: 'Only the last lines of each service', helpValue: 'N' }),
    since: Flags.string({ summary: 'Only what was said since, such as 10m or a date', helpValue: 'TIME' }),
    timestamps: Flags.boolean({ char: 't', summary: 'Say when each line was written' }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Logs)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const options = [
      ...(flags.follow ? ['--follow'] : []),
      ...(flags.timestamps ? ['--timestamps'] : []),
      ...(flags.tail === undefined ? [] : ['--tail', flags.tail]),
      ...(flags.since === undefined ? [] : ['--since', flags.since]),
    ]
    this.exit(await runLogs(context, { options, words: rest }))
  }
}
