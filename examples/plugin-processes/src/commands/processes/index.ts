import { Args, Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import type { Config } from '../../config.js'
import { collectHistory, readHistory } from '../../history.js'
import { observeProcesses } from '../../observe.js'
import { tableLines } from '../../table.js'

export default class Processes extends PikoCommand {
  static override summary = 'Show the processes of an environment'
  static override description = 'What runs, on which port, and how often it was started.'
  static override examples = [
    '<%= config.bin %> processes feature-auth',
    '<%= config.bin %> processes --history 20',
    '<%= config.bin %> processes --json',
  ]
  static override args = {
    name: Args.string({ description: 'The environment; default: the one of this folder' }),
  }
  static override flags = {
    history: Flags.integer({ summary: 'Show the last starts and ends, this many', min: 1 }),
  }

  async run() {
    const { args, flags } = await this.parse(Processes)
    const host = await this.host()
    const context = await host.open<Config>('processes', await host.environment(args.name))
    const processes = observeProcesses(context)
    const rows = processes.map(({ name, state, port, pid, starts }) =>
      [name, state, port ?? '', pid ?? '', starts].map(String),
    )
    this.log(tableLines(['Process', 'State', 'Port', 'Pid', 'Starts'], rows).join('\n'))
    if (flags.history === undefined) return { processes }
    collectHistory(context)
    const history = context.read(tables => readHistory(tables, context.environment.name, flags.history ?? 0))
    const lines = history.map(({ at, process, event, code }) => [at, process, event, code ?? ''].map(String))
    this.log(['', ...tableLines(['At', 'Process', 'What', 'Exit code'], lines)].join('\n'))
    return { processes, history }
  }
}
