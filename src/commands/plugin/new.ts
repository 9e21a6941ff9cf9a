import { Args, Flags } from '@oclif/core'
import { resolve } from 'node:path'
import { BaseCommand } from '../../oclif/base-command.js'
import { shortName } from '../../project/package-name.js'
import { makePlugin } from '../../scaffold/new-plugin.js'
import { requirePluginName } from '../../scaffold/plugin-name.js'

export default class PluginNew extends BaseCommand {
  static override summary = 'Create a plugin of your own from a template'
  static override description =
    'Creates the folder piko-plugin-NAME: a TypeScript package with a step, a command, configuration and passing ' +
    'tests. With --local it contains a copy of the SDK, so that no registry needs to have @piko/sdk.'
  static override examples = [
    '<%= config.bin %> plugin new greeter',
    '<%= config.bin %> plugin new greeter --local',
    '<%= config.bin %> plugin new greeter --sdk ./piko-sdk-0.1.0.tgz',
  ]
  static override args = {
    name: Args.string({
      description: 'Name of the plugin: lower-case words joined by dashes',
      required: true,
    }),
  }
  static override flags = {
    local: Flags.boolean({
      summary: 'Copy the SDK of this piko into the package instead of installing it from a registry',
      exclusive: ['sdk'],
    }),
    sdk: Flags.string({ summary: 'Use this @piko/sdk: a version range, a tarball or a folder' }),
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(PluginNew)
    const installed = [...this.config.plugins.values()]
    const name = requirePluginName(args.name, {
      bundled: installed.filter(({ type }) => type === 'core').map(plugin => shortName(plugin.name)),
      commands: this.config.commandIDs.map(id => id.split(':', 1)[0] ?? id),
    })
    const folder = resolve(`piko-plugin-${name}`)
    const sdk = flags.sdk ?? `^${this.config.version}`
    const files = await makePlugin({ name, folder, sdk, isLocal: flags.local })
    this.log(`✓ Created piko-plugin-${name}`)
    this.printLines(files.map(file => `  ${file}`))
    this.log(`↳ To try it, run \`cd piko-plugin-${name} && npm install && npm test\``)
    return { name, folder, files }
  }
}
