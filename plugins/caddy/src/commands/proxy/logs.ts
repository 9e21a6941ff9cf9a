import { Flags } from '@oclif/core'
import { lookDocker } from '@piko/plugin-compose/contract/engine'
import { PikoCommand } from '@piko/sdk/command'
import type { CaddyConfig } from '../../config.js'
import { proxyErrors } from '../../errors/proxy.js'
import { proxyContainer } from '../../proxy/engine.js'
import { fetchState } from '../../proxy/state.js'

export default class ProxyLogs extends PikoCommand {
  static override enableJsonFlag = false
  static override summary = 'Show the log of the proxy'
  static override description =
    'Shows requests and errors. Without NAME, uses the environment of the current folder.'
  static override examples = [
    { description: 'Show the last requests', command: '<%= config.bin %> <%= command.id %> --tail 20' },
    { description: 'Follow the log', command: '<%= config.bin %> <%= command.id %> -f' },
  ]
  static override flags = {
    follow: Flags.boolean({ char: 'f', summary: 'Follow the log until Ctrl-C' }),
    tail: Flags.string({ char: 'n', summary: 'Show only the last lines', helpValue: 'N', default: '100' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(ProxyLogs)
    const context = await (await this.host()).openProject<CaddyConfig>('caddy')
    if (!(await fetchState(context)).container) throw proxyErrors.CADDY_PROXY_STOPPED()
    const follow = flags.follow ? ['--follow'] : []
    const words = ['logs', '--tail', flags.tail, ...follow, proxyContainer()] as const
    const { exitCode } = await lookDocker(context, words, { terminal: true, allowFailure: true })
    this.exit(exitCode)
  }
}
