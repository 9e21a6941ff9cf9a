import { Args, Flags } from '@oclif/core'
import type { StepContext } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import type { Config } from '../../config.js'
import { collectHistory } from '../../history.js'
import { observeProcesses, requireNames } from '../../observe.js'
import { waitUntilReady } from '../../process/ready.js'
import { startProcess } from '../../process/start.js'
import { stopProcess } from '../../process/stop.js'
import { startProcesses } from '../../steps/start.js'

export default class Restart extends PikoCommand {
  static override summary = 'End processes of an environment and start them again'
  static override description =
    'They run as they were defined at the last `up`; what .piko.yml says now counts from the next.'
  static override examples = [
    '<%= config.bin %> processes restart feature-auth api',
    '<%= config.bin %> processes restart',
  ]
  static override strict = false
  static override args = {
    name: Args.string({ description: 'The environment; then processes, default: all' }),
  }
  static override flags = {
    env: Flags.string({ summary: 'The environment, where a process has its name' }),
  }

  async run() {
    const { argv, flags } = await this.parse(Restart)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    return host.change('processes', environment, async (context: StepContext<Config>) => {
      const names = requireNames(context, rest)
      for (const name of names) await restart(context, name)
      const processes = observeProcesses(context).filter(({ name }) => names.includes(name))
      for (const { name, pid } of processes) this.log(`✓ Restarted ${name} (pid ${pid ?? 'none'})`)
      return { processes }
    })
  }
}

async function restart(context: StepContext<Config>, name: string): Promise<void> {
  await stopProcess(context, name, context.receipt(startProcesses)?.[name])
  await startProcess(context, name)
  await waitUntilReady(context, name)
  collectHistory(context)
}
