import { PikoCommand } from '@piko/sdk/command'
import { proxyRun } from '../../contract.js'

export default class ProxyStop extends PikoCommand {
  static override summary = 'Stop the proxy of this machine'
  static override description =
    'Removes its container. Environments keep running and stay reachable by port. Its ports and certificate ' +
    'authority are kept for the next start.'
  static override examples = [
    { description: 'Stop the proxy', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Start it again', command: '<%= config.bin %> proxy start' },
  ]

  async run() {
    await this.parse(ProxyStop)
    await (await this.host()).takeBack(proxyRun)
    this.log('✓ The proxy is stopped')
    return { status: 'stopped' }
  }
}
