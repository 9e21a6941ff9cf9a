import { BaseCommand } from '../../oclif/base-command.js'
import { projectScope } from '../../runs/project-scope.js'
import { findUnknownNames, refuseUnknownNames } from '../../environment/unknown-names.js'
import { refuseAbsent } from '../../plugins/enable.js'
import { wantedPlugins } from '../../workspace/open.js'

export default class ConfigCheck extends BaseCommand {
  static override summary = 'Check .piko.yml and list every problem'
  static override description =
    'Names the line of each problem and the nearest valid key. Compares the names of services and volumes with the ' +
    'Compose files. Changes nothing.'
  static override examples = ['<%= config.bin %> config check', '<%= config.bin %> config check --json']

  async run(): Promise<object> {
    await this.parse(ConfigCheck)
    const workspace = await this.session().workspace()
    refuseAbsent(workspace.absent)
    const plugins = await wantedPlugins(workspace)
    const { signal } = new AbortController()
    const { env } = workspace.config
    const findings = await findUnknownNames(projectScope(workspace, plugins), { plugins, env, signal })
    await refuseUnknownNames(workspace, findings)
    for (const why of findings.unread)
      this.logToStderr(`! Names were not compared with the Compose files: ${why}`)
    this.log(`✓ The configuration of ${workspace.project.name} has no problems`)
    return { problems: [] }
  }
}
