import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { findBrowser, openIn } from '../browser.js'
import { findUrl } from '../routes/find-url.js'

export default class Open extends PikoCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Open an environment in the browser'
  static override description =
    'Uses its host name if it has one, else its port. Prints the URL if there is no browser to start. Without ' +
    "SERVICE, opens the service that has the environment's own host name. Without NAME, uses the environment of " +
    'the current folder.'
  static override usage = 'open [NAME] [SERVICE]'
  static override examples = [
    {
      description: 'Open the site of feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'Open one of its services',
      command: '<%= config.bin %> <%= command.id %> feature-auth mail',
    },
  ]
  static override strict = false
  static override flags = {
    env: Flags.string({
      summary: 'Use this environment, if its name could also be a service',
      helpValue: 'NAME',
    }),
    print: Flags.boolean({ summary: 'Print the URL and open nothing' }),
  }

  async run() {
    const { argv, flags } = await this.parse(Open)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env, { isReading: true })
    const service = rest[0]
    const url = findUrl(environment, service)
    if (url === undefined) {
      const { whyNoUrl } = await import('../routes/why-no-url.js')
      throw await whyNoUrl(host, { environment, service })
    }
    const browser = flags.print || this.jsonEnabled() ? undefined : findBrowser()
    this.log(url)
    if (browser !== undefined) await openIn(host, { browser, url })
    return { environment: environment.name, url, opened: browser !== undefined }
  }
}
