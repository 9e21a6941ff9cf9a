import { Flags } from '@oclif/core'
import { readTerminal } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { runLogs } from '../engine/logs.js'

export default class Logs extends PikoCommand {
  static override enableJsonFlag = false
  static override completes = ['environment', 'service'] as const
  static override summary = 'Show the logs of services'
  static override description =
    'Interleaves the lines of several services, with a color for each service on a terminal. Without SERVICE, shows all ' +
    'services that the environment runs itself; name a shared service to see its log. `web#2` is the second replica of ' +
    'web. Without NAME, uses the environment of the current folder, or the only one.'
  static override examples = [
    { description: 'Show the log of web', command: '<%= config.bin %> <%= command.id %> feature-auth web' },
    {
      description: 'Follow all services, starting with the last lines',
      command: '<%= config.bin %> <%= command.id %> feature-auth -f --tail 20',
    },
  ]
  static override usage = 'logs [NAME] [SERVICE…] [-f] [--tail N]'
  static override strict = false
  static override flags = {
    env: envFlag,
    follow: Flags.boolean({ char: 'f', summary: 'Follow the logs until Ctrl-C' }),
    tail: Flags.string({ char: 'n', summary: 'Show only the last N lines of each service', helpValue: 'N' }),
    since: Flags.string({
      summary: 'Show only lines since this time, such as 10m or a date',
      helpValue: 'TIME',
    }),
    timestamps: Flags.boolean({ char: 't', summary: 'Show the time of each line' }),
    'no-color': Flags.boolean({ summary: 'Do not color the names of services' }),
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Logs)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env, { isReading: true })
    const context = await host.open('compose', environment)
    const options = [
      ...(flags.follow ? ['--follow'] : []),
      ...(flags['no-color'] ? ['--no-color'] : []),
      ...(flags.timestamps ? ['--timestamps'] : []),
      ...(flags.tail === undefined ? [] : ['--tail', flags.tail]),
      ...(flags.since === undefined ? [] : ['--since', flags.since]),
    ]
    const colors = readTerminal(process.stdout).colors && !flags['no-color']
    const shown = runLogs(context, { options, words: rest, colors })
    this.exit(await shown.catch((error: unknown) => endedByUser(context, error)))
  }
}

/** Ctrl-C is how following ends, so it is no error. */
function endedByUser({ signal }: { readonly signal: AbortSignal }, error: unknown): number {
  if (signal.aborted) return 130
  throw error
}
