import { PikoCommand } from '@piko/sdk/command'
import { sharedErrors } from '../errors/shared.js'
import { shareLines } from '../output/lines.js'
import { share } from '../serve/share.js'

export default class Share extends PikoCommand {
  static override completes = ['service'] as const
  static override summary = 'Run a service once for all environments'
  static override description =
    'Runs it in a Compose project of its own, from the Compose files of the main checkout. Environments reach it ' +
    'under its usual name. Those that run their own copy keep it until the next `piko up`.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> redis',
    '<%= config.bin %> <%= command.id %> redis db --json',
  ]
  static override usage = 'share SERVICE…'
  static override strict = false

  async run() {
    const { argv } = await this.parse(Share)
    const services = argv.map(String)
    if (services.length === 0) throw sharedErrors.SHARED_SERVICES_MISSING({ command: 'share' })
    const host = await this.host()
    const answer = await share(host, services)
    for (const line of shareLines(services, answer)) this.log(line)
    return { services, ...answer }
  }
}
