import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseCommand } from '../base-command.js'
import { configThere } from '../environment/errors.js'
import { decidePlugins } from '../plugins/enable.js'
import { configFileNames } from '../project/config-file.js'
import { initialConfig } from '../project/initial-config.js'
import { viewOf } from '../workspace/open.js'

export default class Init extends BaseCommand {
  static override summary = 'Write a commented .piko.yml from what is detected'
  static override description = 'The file is optional: piko works by detection without it.'
  static override examples = ['<%= config.bin %> init', '<%= config.bin %> init --json']

  async run(): Promise<object> {
    await this.parse(Init)
    const { project, config, loaded, sections } = await this.session().workspace()
    const view = viewOf(project.root)
    for (const name of configFileNames)
      if (await view.exists(name)) throw configThere(join(project.root, name))
    const decisions = await decidePlugins({ loaded, sections, choice: config.plugins, view })
    const wanted = decisions.filter(decision => decision.wanted)
    const plugins = wanted.map(({ plugin, because }) => ({ name: plugin.name, because }))
    const file = join(project.root, '.piko.yml')
    await writeFile(file, initialConfig({ project: project.name, plugins }), { flag: 'wx' })
    this.log('✓ Wrote .piko.yml')
    this.say(plugins.map(({ name, because }) => `  ${name}: ${because}`))
    return { file, plugins }
  }
}
