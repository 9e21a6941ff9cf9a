import { PikoCommand } from '@piko/sdk/command'
import { untrustRoot } from '../../trust/trust.js'

export default class ProxyUntrust extends PikoCommand {
  static override summary = "Stop trusting the proxy's certificates"
  static override description =
    'Removes its root certificate from the stores of the system and the browsers. Works whether or not the proxy ' +
    'is running.'
  static override examples = [
    { description: 'Remove the certificate', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Trust it again', command: '<%= config.bin %> proxy trust' },
  ]

  async run() {
    await this.parse(ProxyUntrust)
    const { stores } = await untrustRoot(await this.host())
    for (const store of stores) this.log(`✓ No longer trusted by ${store}`)
    if (stores.length === 0) this.log('Nothing trusted it')
    return { stores }
  }
}
