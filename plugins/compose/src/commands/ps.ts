import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { fetchStates } from '../engine/trouble.js'
import { requireAmong } from '../engine/running.js'
import { ownerOf } from '../labels.js'
import { psAnswer } from '../output/ps.js'

export default class Ps extends PikoCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'List containers'
  static override description =
    'Asks Docker, and lists stopped containers too. `!` marks a service that is unhealthy or keeps restarting. ' +
    'Without NAME, uses the environment of the current folder.'
  static override examples = [
    {
      description: 'List those of feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'Print JSON for a program',
      command: '<%= config.bin %> <%= command.id %> feature-auth --json',
    },
  ]
  static override usage = 'ps [NAME] [SERVICE…]'
  static override strict = false
  static override flags = { env: envFlag }

  async run() {
    const { argv, flags } = await this.parse(Ps)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env, { isReading: true })
    const context = await host.open('compose', environment)
    const rows = await fetchStates(context, ownerOf(context))
    const wanted = new Set<unknown>()
    for (const word of rest) for (const row of await requireAmong(context, { word, rows })) wanted.add(row)
    const containers = rest.length === 0 ? rows : rows.filter(row => wanted.has(row))
    const { lines, answer } = psAnswer(environment.name, rows, containers)
    for (const line of lines) this.log(line)
    return answer
  }
}
