import { PikoCommand } from '@piko/sdk/command'
import { proxyRun } from '../../contract.js'

export default class ProxyStop extends PikoCommand {
  static override summary = 'Stop the proxy of this machine'
  static override description =
    'Its container goes; environments stay, and can be reached by their ports. Its ports and its certificate ' +
    'authority are kept for the next time.'
  static override examples = [
    { description: 'Stop it', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Start it again', command: '<%= config.bin %> proxy start' },
  ]

  async run() {
    await this.parse(ProxyStop)
    await (await this.host()).takeBack(proxyRun)
    this.log('✓ The proxy is stopped')
    return { status: 'stopped' }
  }
}
