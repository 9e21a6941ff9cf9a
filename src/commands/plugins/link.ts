import { Args, Flags } from '@oclif/core'
import { resolve } from 'node:path'
import { installErrors } from '../../errors/install.js'
import { BaseCommand } from '../../oclif/base-command.js'
import { bundledPackages, installedNow, runPluginManager } from '../../oclif/plugin-manager.js'
import { problemOfPackage, refuseOverride, warningsAbout } from '../../plugins/install/check-package.js'
import { readPackage } from '../../plugins/install/read-package.js'

export default class PluginsLink extends BaseCommand {
  static override summary = 'Use a plugin from its folder while you develop it'
  static override description = 'Each command then uses what is built in that folder.'
  static override examples = [
    '<%= config.bin %> plugins link .',
    '<%= config.bin %> plugins link ../piko-plugin-greeter --no-install',
  ]
  static override args = {
    path: Args.string({ default: '.', description: 'Folder of the plugin' }),
  }
  static override flags = {
    'allow-override': Flags.boolean({ summary: 'Allow it to replace a package that comes with piko' }),
    install: Flags.boolean({ allowNo: true, default: true, summary: 'Install its dependencies' }),
    verbose: Flags.boolean({ char: 'v', summary: 'Show all output of npm' }),
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(PluginsLink)
    const path = resolve(args.path)
    const plugin = await readPackage({ spec: `file:${path}`, path }, undefined)
    if (!plugin)
      throw installErrors.PLUGIN_PACKAGE_INVALID({
        name: path,
        version: '',
        problem: 'it has no package.json',
      })
    refuseOverride(plugin, { bundled: bundledPackages(this.config), allowOverride: flags['allow-override'] })
    if (!('oclif' in plugin.pjson))
      throw installErrors.PLUGIN_PACKAGE_INVALID({
        ...plugin,
        problem: 'its package.json has no `oclif` field',
      })
    const words = [
      path,
      flags.install ? '--install' : '--no-install',
      ...(flags.verbose ? ['--verbose'] : []),
    ]
    await runPluginManager(this.config, 'plugins:link', words)
    const packages = await installedNow()
    const linked = packages.find(({ name }) => name === plugin.name) ?? plugin
    const problem = problemOfPackage(linked, { installed: packages })
    const warnings = [
      ...(problem ? [problem.message] : []),
      ...warningsAbout(linked, { scriptsRan: true, packages }),
    ]
    for (const warning of warnings) this.logToStderr(`! ${warning}`)
    return { name: plugin.name, version: plugin.version, path, warnings }
  }
}
