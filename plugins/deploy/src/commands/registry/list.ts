import { PikoCommand } from '@piko/sdk/command'
import { registryJson, registryLines } from '../../output/registries.js'
import { registries } from '../../store/registries.js'

export default class RegistryList extends PikoCommand {
  static override summary = 'List the registries of the project'
  static override description = 'Shows whether each has a login. Tokens are never shown.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run() {
    await this.parse(RegistryList)
    const all = registries.all(await (await this.host()).openProject('deploy'))
    if (all.length === 0) this.log('No registry yet; to add one, run `piko registry add NAME --url URL`')
    for (const line of registryLines(all)) this.log(line)
    return { registries: all.map(registryJson) }
  }
}
