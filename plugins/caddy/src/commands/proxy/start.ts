import { Flags } from '@oclif/core'
import { readEngine } from '@piko/plugin-compose/contract/engine'
import { PikoCommand } from '@piko/sdk/command'
import type { CaddyConfig } from '../../config.js'
import { type Ports, portsFact, portsRun, proxyRun } from '../../contract.js'
import { proxyErrors } from '../../errors/proxy.js'
import { urlOf } from '../../routes/url.js'

export default class ProxyStart extends PikoCommand {
  static override summary = 'Start the proxy of this machine'
  static override description =
    'Runs one Caddy container for the environments of all projects. Each environment with a web service then gets ' +
    'a host name. Uses ports 80 and 443, or 8080 and 8443 and up if those are not available, and keeps them. ' +
    'The image is kept too; no project can choose another.'
  static override examples = [
    { description: 'Start the proxy', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Choose the ports',
      command: '<%= config.bin %> <%= command.id %> --http-port 8180 --https-port 8543',
    },
  ]
  static override flags = {
    'http-port': Flags.integer({ summary: 'Use this port for HTTP', min: 1, max: 65535, helpValue: 'N' }),
    image: Flags.string({ summary: 'Use this image of Caddy (default: caddy:2)' }),
    'https-port': Flags.integer({ summary: 'Use this port for HTTPS', min: 1, max: 65535, helpValue: 'N' }),
  }

  async run() {
    const { flags } = await this.parse(ProxyStart)
    const { 'http-port': http, 'https-port': https } = flags
    if ((http === undefined) !== (https === undefined)) throw proxyErrors.CADDY_PORTS_HALF()
    const wanted = http === undefined || https === undefined ? undefined : { http, https }
    return this.start(wanted, flags.image)
  }

  private async start(wanted: Ports | undefined, image: string | undefined) {
    const host = await this.host()
    if (wanted) await host.run(portsRun, { input: { wanted } })
    const chosen = image === undefined ? {} : { image }
    await host.run(proxyRun, { input: { engine: await readEngine(), ...chosen } })
    const ports = (await host.openProject<CaddyConfig>('caddy')).fact(portsFact, { run: portsRun })
    if (!ports) throw new Error('the proxy has no ports')
    const url = urlOf('localhost', ports)
    this.log(`✓ The proxy is running; its routes are listed at ${url}`)
    if (ports.http !== 80) this.log(`  Its ports are ${ports.http} and ${ports.https}`)
    if (wanted) this.log('  Environments use them after their next `piko up NAME`')
    return { ...ports, url }
  }
}
