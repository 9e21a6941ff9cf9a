import { Args, Flags } from '@oclif/core'
import { resolve } from 'node:path'
import { BaseCommand } from '../../base-command.js'
import { shortName } from '../../project/package-name.js'
import { makePlugin } from '../../scaffold/new-plugin.js'
import { requirePluginName } from '../../scaffold/plugin-name.js'

export default class PluginNew extends BaseCommand {
  static override summary = 'Make a new plugin: a step, a command, configuration and a test'
  static override description =
    'Makes the folder piko-plugin-NAME with a TypeScript package in it, whose tests pass at once.'
  static override examples = [
    '<%= config.bin %> plugin new greeter',
    '<%= config.bin %> plugin new greeter --sdk ./piko-sdk-0.1.0.tgz',
  ]
  static override args = {
    name: Args.string({ description: 'Lower-case words joined by dashes', required: true }),
  }
  static override flags = {
    sdk: Flags.string({ summary: 'What to use as @piko/sdk: a version range, a tarball or a folder' }),
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(PluginNew)
    const installed = [...this.config.plugins.values()]
    const name = requirePluginName(args.name, {
      bundled: installed.filter(({ type }) => type === 'core').map(plugin => shortName(plugin.name)),
      commands: this.config.commandIDs.map(id => id.split(':', 1)[0] ?? id),
    })
    const folder = resolve(`piko-plugin-${name}`)
    const files = await makePlugin({ name, folder, sdk: flags.sdk ?? `^${this.config.version}` })
    this.log(`✓ Made piko-plugin-${name}`)
    this.say(files.map(file => `  ${file}`))
    this.log(`↳ To try it, run \`cd piko-plugin-${name} && npm install && npm test\``)
    return { name, folder, files }
  }
}
