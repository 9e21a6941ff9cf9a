import { PikoCommand } from '@piko/sdk/command'
import { listShared } from '../serve/list.js'
import { listLines } from '../output/list.js'

export default class Shared extends PikoCommand {
  static override summary = 'List shared services and the environments that use them'
  static override description =
    'Shows state and ports too. To share a service, run `piko share`; to stop all of them, `piko down --shared`.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run() {
    await this.parse(Shared)
    const services = await listShared(await this.host())
    for (const line of listLines(services)) this.log(line)
    return { services }
  }
}
