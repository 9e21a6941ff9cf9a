import { PikoCommand } from '@piko/sdk/command'
import { trustRoot } from '../../trust/trust.js'

export default class ProxyTrust extends PikoCommand {
  static override summary = "Trust the proxy's certificates on this machine"
  static override description =
    "Adds its root certificate to the system's store (with sudo if needed) and to those of Chrome, Chromium and " +
    'Firefox. To undo it, run `piko proxy untrust`.'
  static override examples = [
    { description: 'Trust it', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Remove the certificate', command: '<%= config.bin %> proxy untrust' },
  ]

  async run() {
    await this.parse(ProxyTrust)
    const { certificate, stores, skipped } = await trustRoot(await this.host())
    for (const store of stores) this.log(`✓ Trusted by ${store}`)
    for (const { store, because } of skipped) this.log(`! Not trusted by ${store}: ${because}`)
    this.log(`  The certificate is ${certificate}`)
    return { certificate, stores, skipped }
  }
}
