import { PikoCommand } from '@piko/sdk/command'
import type { CaddyConfig } from '../../config.js'
import { fetchState } from '../../proxy/state.js'
import { readEntries } from '../../routes/files.js'
import { urlOf } from '../../routes/url.js'

export default class ProxyStatus extends PikoCommand {
  static override summary = "Show the proxy's state, ports and environments"
  static override description =
    'Shows its container, its ports and the environments it routes to. Without NAME, uses the environment of the ' +
    'current folder.'
  static override examples = [
    { description: 'Print a table', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Print JSON for a program', command: '<%= config.bin %> <%= command.id %> --json' },
  ]

  async run() {
    await this.parse(ProxyStatus)
    const context = await (await this.host()).openProject<CaddyConfig>('caddy')
    const { ports, container, isAnswering } = await fetchState(context)
    const status = isAnswering ? 'running' : container ? `${container.status}, not answering` : 'stopped'
    const environments = (await readEntries()).size
    const rows = [
      ['proxy', status],
      ['url', ports ? urlOf('localhost', ports) : ''],
      ['ports', ports ? `${ports.http} and ${ports.https}` : ''],
      ['container', container?.name ?? ''],
      ['image', container?.image ?? ''],
      ['environments', String(environments)],
    ] as const
    for (const [name, value] of rows) if (value !== '') this.log(`${name.padEnd(14)}${value}`)
    if (!isAnswering) this.log('↳ To start it, run `piko proxy start`')
    return {
      status,
      http: ports?.http ?? null,
      https: ports?.https ?? null,
      container: container?.name ?? null,
      image: container?.image ?? null,
      environments,
    }
  }
}
