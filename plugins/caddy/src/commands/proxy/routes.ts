import { tableLines } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import type { CaddyConfig } from '../../config.js'
import { proxyErrors } from '../../errors/proxy.js'
import { fetchState } from '../../proxy/state.js'
import { type Probed, probeRoutes } from '../../routes/probe.js'

export default class ProxyRoutes extends PikoCommand {
  static override summary = 'List host names and check that they answer'
  static override description =
    'Lists those of all projects on this machine, and sends each one that is up a request through the proxy.'
  static override examples = [
    { description: 'Print a table', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Print JSON for a program', command: '<%= config.bin %> <%= command.id %> --json' },
  ]

  async run() {
    await this.parse(ProxyRoutes)
    const context = await (await this.host()).openProject<CaddyConfig>('caddy')
    const { ports, isAnswering } = await fetchState(context)
    if (!ports) throw proxyErrors.CADDY_PROXY_STOPPED()
    const routes = await probeRoutes(context, ports, { isAsked: isAnswering })
    if (routes.length === 0)
      this.log('No environment has a host name; to make one, run `piko create my-branch`')
    else for (const line of routeLines(routes)) this.log(line)
    return { running: isAnswering, routes }
  }
}

function routeLines(routes: readonly Probed[]): readonly string[] {
  return tableLines(
    ['Url', 'Environment', 'Leads to', 'State', 'Answers'],
    routes.map(({ url, project, environment, service, upstreams, state, says }) => {
      const leads = upstreams.length === 0 ? service : upstreams.join(' ')
      return [url, `${project}/${environment}`, leads, state, says]
    }),
  )
}
