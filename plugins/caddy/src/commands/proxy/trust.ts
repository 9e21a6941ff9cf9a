import { PikoCommand } from '@piko/sdk/command'
import { trustRoot } from '../../trust/trust.js'

export default class ProxyTrust extends PikoCommand {
  static override summary = "Let this machine trust the proxy's certificates"
  static override description =
    'Puts the root certificate of its certificate authority where the system and the browsers look: the store of the ' +
    'system (by sudo, where that is needed), that of Chrome and Chromium, those of Firefox. `piko proxy untrust` takes ' +
    'it back.'
  static override examples = [
    { description: 'Trust it', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Take it back', command: '<%= config.bin %> proxy untrust' },
  ]

  async run() {
    await this.parse(ProxyTrust)
    const { certificate, stores, skipped } = await trustRoot(await this.host())
    for (const store of stores) this.log(`✓ Trusted by ${store}`)
    for (const { store, because } of skipped) this.log(`! Not by ${store}: ${because}`)
    this.log(`  The certificate is ${certificate}`)
    return { certificate, stores, skipped }
  }
}
