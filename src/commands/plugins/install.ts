import { Args, Flags } from '@oclif/core'
import { existsSync } from 'node:fs'
import { BaseCommand } from '../../base-command.js'
import { bundledPackages, installedNow, runPluginManager } from '../../host/oclif-plugins.js'
import type { InstalledPackage } from '../../plugins/candidate.js'
import { findPlugins } from '../../plugins/find.js'
import {
  refuseOverride,
  requireInstallable,
  type Surroundings,
  warningsAbout,
} from '../../plugins/install/check-package.js'
import { pathMissing } from '../../plugins/install/errors.js'
import { readPackage } from '../../plugins/install/read-package.js'
import { parseSpec, type Spec } from '../../plugins/install/spec.js'
import { loadPlugins } from '../../plugins/load.js'

export default class PluginsInstall extends BaseCommand {
  static override summary = 'Install plugins: by name from npm, from a tarball, a folder or a git repository'
  static override description =
    'Install scripts of the package and of what it depends on do not run, unless --allow-scripts is given.'
  static override hiddenAliases = ['plugins:add']
  static override examples = [
    '<%= config.bin %> plugins install piko-plugin-processes',
    '<%= config.bin %> plugins install ./piko-plugin-processes-0.1.0.tgz',
    '<%= config.bin %> plugins install https://github.com/acme/piko-plugin-processes',
  ]
  static override strict = false
  static override args = {
    plugin: Args.string({
      required: true,
      description: 'Name, tarball, folder or address; several may follow',
    }),
  }
  static override flags = {
    'allow-override': Flags.boolean({ summary: 'Let it take the place of a package that comes with piko' }),
    'allow-scripts': Flags.boolean({ summary: 'Run install scripts, which can do anything' }),
    force: Flags.boolean({ char: 'f', summary: 'Fetch it anew though npm has it in its cache' }),
    silent: Flags.boolean({ char: 's', summary: 'Print nothing that npm says', exclusive: ['verbose'] }),
    verbose: Flags.boolean({ char: 'v', summary: 'Print all that npm says' }),
  }

  async run(): Promise<object> {
    const { argv, flags } = await this.parse(PluginsInstall)
    const allowOverride = flags['allow-override']
    const bundled = bundledPackages(this.config)
    const specs = argv.map(word => parseSpec(String(word), process.cwd()))
    const surroundings = { installed: [...this.config.plugins.values()], bundled, allowOverride }
    const names: string[] = []
    for (const spec of specs) names.push(...(await this.requireFit(spec, surroundings)))
    process.env['npm_config_ignore_scripts'] = String(!flags['allow-scripts'])
    const passed = (['force', 'silent', 'verbose'] as const).filter(flag => flags[flag])
    const quiet = this.jsonEnabled() && !flags.silent ? ['--silent'] : []
    const words = [...specs.map(({ spec }) => spec), ...passed.map(flag => `--${flag}`), ...quiet]
    await runPluginManager(this.config, 'plugins:install', words)
    const now = await installedNow(this.config)
    const installed = now.filter(({ name }) => names.includes(name) || !this.config.plugins.has(name))
    for (const plugin of installed) await this.check(plugin, { bundled, allowOverride })
    const about = { scriptsRan: flags['allow-scripts'], packages: now }
    const warnings = installed.flatMap(plugin => warningsAbout(plugin, about))
    for (const warning of warnings) this.logToStderr(`! ${warning}`)
    return { installed: installed.map(({ name, version }) => ({ name, version })), warnings }
  }

  /** Before anything is changed, as far as it can be told by then; answers the package's name, if that can be. */
  private async requireFit(spec: Spec, surroundings: Surroundings): Promise<readonly string[]> {
    if (spec.path !== undefined && !existsSync(spec.path)) throw pathMissing(spec.path)
    const found = await readPackage(spec, this.config.npmRegistry)
    if (found) requireInstallable(found, surroundings)
    return found ? [found.name] : []
  }

  /** What could not be told before, and whether its code is a plugin's. */
  private async check(
    plugin: InstalledPackage,
    rule: Pick<Surroundings, 'bundled' | 'allowOverride'>,
  ): Promise<void> {
    try {
      refuseOverride(plugin, rule)
    } catch (error) {
      await this.config.runCommand('plugins:uninstall', [plugin.name])
      throw error
    }
    const [broken] = (await loadPlugins(findPlugins([plugin]))).broken
    if (broken) throw broken.error
  }
}
