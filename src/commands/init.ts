import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { environmentErrors } from '../errors/environment.js'
import { BaseCommand } from '../oclif/base-command.js'
import { proposeDependencies } from '../environment/dependencies/propose.js'
import { collectProposals } from '../host/proposals.js'
import { commandsToTrust } from '../environment/trust/commands.js'
import { requireApproval } from '../environment/trust/consent.js'
import { configFileNames } from '../project/config-file-names.js'
import { initialConfig } from '../project/initial-config.js'
import { viewOf, wantedPlugins } from '../workspace/open.js'

export default class Init extends BaseCommand {
  static override summary = 'Write a commented .piko.yml with what piko detects'
  static override description = 'The file is optional: without it, piko detects what it needs.'
  static override examples = ['<%= config.bin %> init', '<%= config.bin %> init --json']

  async run(): Promise<object> {
    await this.parse(Init)
    const workspace = await this.session().workspace()
    const { project } = workspace
    const view = viewOf(project.root)
    for (const name of configFileNames)
      if (await view.exists(name)) throw environmentErrors.CONFIG_THERE({ file: join(project.root, name) })
    const wanted = await wantedPlugins(workspace)
    const plugins = wanted.map(({ name, because }) => ({ name, because }))
    const { env, unread } = await collectProposals(workspace, wanted)
    const dependencies = await proposeDependencies(project.root)
    const file = join(project.root, '.piko.yml')
    await writeFile(file, initialConfig({ project: project.name, plugins, env, dependencies }), {
      flag: 'wx',
    })
    await requireApproval(workspace, await commandsToTrust(workspace), { isGiven: true }) // the user has just had it written
    this.log('✓ Wrote .piko.yml')
    this.printLines(plugins.map(({ name, because }) => `  ${name}: ${because}`))
    const sure = dependencies.filter(({ isSure }) => isSure)
    this.printLines(sure.map(({ path, how, because }) => `  ${path}: ${how}, ${because}`))
    this.printLines(
      env.filter(({ isActive }) => isActive).map(({ name, because }) => `  env.${name}: ${because}`),
    )
    for (const { plugin, because } of unread) this.logToStderr(`! ${plugin} proposes nothing: ${because}`)
    return { file, plugins, dependencies, env }
  }
}
