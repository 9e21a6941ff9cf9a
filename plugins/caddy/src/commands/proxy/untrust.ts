import { PikoCommand } from '@piko/sdk/command'
import { untrustRoot } from '../../trust/trust.js'

export default class ProxyUntrust extends PikoCommand {
  static override summary = 'Take back what `piko proxy trust` has done'
  static override description =
    "The root certificate of the proxy leaves the system's store and those of the browsers. The proxy need not run."
  static override examples = [
    { description: 'Take it back', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Trust it again', command: '<%= config.bin %> proxy trust' },
  ]

  async run() {
    await this.parse(ProxyUntrust)
    const { stores } = await untrustRoot(await this.host())
    for (const store of stores) this.log(`✓ No more trusted by ${store}`)
    if (stores.length === 0) this.log('It was trusted by nobody')
    return { stores }
  }
}
