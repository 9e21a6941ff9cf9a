import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { fetchRows } from '../engine/rows.js'
import { ownerOf } from '../labels.js'
import { tableText } from '../output/table.js'

export default class Ps extends PikoCommand {
  static override summary = 'List the containers of an environment'
  static override description =
    'Containers that have ended are listed too. Without NAME, the environment of the current folder.'
  static override examples = [
    {
      description: 'The containers of feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'The same for a program',
      command: '<%= config.bin %> <%= command.id %> feature-auth --json',
    },
  ]
  static override usage = 'ps [NAME]'
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'The environment, where a name alone could be a service',
      helpValue: 'NAME',
    }),
  }

  async run() {
    const { argv, flags } = await this.parse(Ps)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const rows = await fetchRows(context, ownerOf(context))
    const services = rest.length === 0 ? rows : rows.filter(({ service }) => rest.includes(service))
    if (services.length === 0)
      this.log(`No containers in ${environment.name}; to start them, run \`piko up ${environment.name}\``)
    else {
      const cells = services.map(({ service, name, status, ports }) => [service, name, status, ports])
      this.log(tableText(['Service', 'Container', 'Status', 'Ports'], cells))
    }
    return { environment: environment.name, containers: services }
  }
}
