import { accessLines, warningLines } from '@piko/sdk'
import { PikoCommand } from '@piko/sdk/command'
import { envFlag } from '../arguments/env-flag.js'
import { accessFact, changesFact, scaledFact } from '../contract.js'
import { changeLines } from '../output/changes.js'
import { requireModel } from '../model/require.js'
import { requireService } from '../engine/services.js'

export default class Explain extends PikoCommand {
  static override completes = ['environment', 'service'] as const
  static override summary = 'Explain what piko changes in the Compose project, and why'
  static override description =
    'Lists every change in docker-compose.piko.yml, and everything that environments still share. Asks no engine. ' +
    'Without NAME, uses the environment of the current folder.'
  static override examples = [
    {
      description: 'Explain feature-auth',
      command: '<%= config.bin %> <%= command.id %> feature-auth',
    },
    {
      description: 'Print JSON about web only',
      command: '<%= config.bin %> <%= command.id %> feature-auth web --json',
    },
  ]
  static override usage = 'explain [NAME] [SERVICE…]'
  static override strict = false
  static override flags = { env: envFlag }

  async run() {
    const { argv, flags } = await this.parse(Explain)
    const host = await this.host()
    const { environment, rest } = await host.target(argv.map(String), flags.env)
    const context = await host.open('compose', environment)
    const services = rest.map(name => requireService(requireModel(context), name))
    const isRequested = ({ service }: { readonly service?: string }) =>
      services.length === 0 || (service !== undefined && services.includes(service))
    const all = [...(context.fact(changesFact) ?? []), ...(context.fact(scaledFact) ?? [])]
    const access = (context.fact(accessFact) ?? []).filter(isRequested)
    const [changes, warnings] = [all.filter(isRequested), context.warnings.filter(isRequested)]
    for (const line of [...accessLines(access), ...changeLines(changes), ...warningLines(warnings)])
      this.log(line)
    return { environment: environment.name, access, changes, warnings }
  }
}
