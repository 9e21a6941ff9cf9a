import { Flags } from '@oclif/core'
import { PikoCommand } from '@piko/sdk/command'
import { findBrowser, openIn } from '../browser.js'
import { findUrl } from '../routes/find-url.js'

export default class Open extends PikoCommand {
  static override summary = 'Open an environment in the browser'
  static override description =
    'By its host name, else by its port. Where there is no browser to be started, the URL is printed. Without NAME, the ' +
    'environment of the current folder; without SERVICE, the one that has its own name.'
  static override usage = 'open [NAME] [SERVICE]'
  static override examples = [
    { description: 'The site of feature-auth', command: '<%= config.bin %> <%= command.id %> feature-auth' },
    { description: 'One of its services', command: '<%= config.bin %> <%= command.id %> feature-auth mail' },
  ]
  static override strict = false
  static override flags = {
    env: Flags.string({ summary: 'The environment, where its name could be a service', helpValue: 'NAME' }),
    print: Flags.boolean({ summary: 'Print the URL alone' }),
  }

  async run() {
    const { argv, flags } = await this.parse(Open)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const url = findUrl(environment, rest[0])
    const browser = flags.print || this.jsonEnabled() ? undefined : findBrowser()
    this.log(url)
    if (browser !== undefined) await openIn(host, { browser, url })
    return { environment: environment.name, url, opened: browser !== undefined }
  }
}
