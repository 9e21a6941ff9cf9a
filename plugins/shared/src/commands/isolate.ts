import { PikoCommand } from '@piko/sdk/command'
import { sharedErrors } from '../errors/shared.js'
import { isolateLines } from '../output/lines.js'
import { isolate } from '../serve/isolate.js'

export default class Isolate extends PikoCommand {
  static override completes = ['service'] as const
  static override summary = 'Run a service once per environment again'
  static override description =
    'New environments run their own copy. Environments that use the shared service keep it until the next `piko ' +
    'up` or `piko sync`, and it stops when none is left. Its data stays.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> redis',
    '<%= config.bin %> <%= command.id %> redis && <%= config.bin %> up feature-auth',
  ]
  static override usage = 'isolate SERVICE…'
  static override strict = false

  async run() {
    const { argv } = await this.parse(Isolate)
    const services = argv.map(String)
    if (services.length === 0) throw sharedErrors.SHARED_SERVICES_MISSING({ command: 'isolate' })
    const answer = await isolate(await this.host(), services)
    for (const line of isolateLines(services, answer)) this.log(line)
    return { services, ...answer }
  }
}
