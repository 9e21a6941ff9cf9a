import { Args, Flags } from '@oclif/core'
import { existsSync } from 'node:fs'
import { installErrors } from '../../errors/install.js'
import { ask } from '../../output/ask.js'
import { describePackage } from '../../plugins/install/describe-package.js'
import { BaseCommand } from '../../oclif/base-command.js'
import { bundledPackages, installedNow, runPluginManager } from '../../oclif/plugin-manager.js'
import type { InstalledPackage } from '../../plugins/candidate.js'
import { findPlugins } from '../../plugins/find.js'
import {
  refuseOverride,
  requireInstallable,
  type Surroundings,
  warningsAbout,
} from '../../plugins/install/check-package.js'
import { readPackage } from '../../plugins/install/read-package.js'
import { parseSpec, type Spec } from '../../plugins/install/spec.js'

export default class PluginsInstall extends BaseCommand {
  static override summary = 'Install plugins from npm, a tarball, a folder or a git repository'
  static override description =
    'Shows what the registry says about a package and, on a terminal, asks. Does not run install scripts, of the package ' +
    'or its dependencies, unless you give --allow-scripts, and none of its code until a project uses it.'
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
      description: 'Name, tarball, folder or URL; more may follow',
    }),
  }
  static override flags = {
    'allow-override': Flags.boolean({ summary: 'Allow it to replace a package that comes with piko' }),
    'allow-scripts': Flags.boolean({ summary: 'Run install scripts, which can run any code' }),
    force: Flags.boolean({ char: 'f', summary: 'Download again instead of using the cache' }),
    silent: Flags.boolean({ char: 's', summary: 'Hide the output of npm', exclusive: ['verbose'] }),
    verbose: Flags.boolean({ char: 'v', summary: 'Show all output of npm' }),
    yes: Flags.boolean({ char: 'y', summary: 'Do not ask' }),
  }

  async run(): Promise<object> {
    const { argv, flags } = await this.parse(PluginsInstall)
    const allowOverride = flags['allow-override']
    const bundled = bundledPackages(this.config)
    const specs = argv.map(word => parseSpec(String(word), process.cwd()))
    const surroundings = { installed: [...this.config.plugins.values()], bundled, allowOverride }
    // npm pauses 10 s and 60 s between retries by default, too long when the registry is mistyped.
    process.env['npm_config_fetch_retry_mintimeout'] ??= '1000'
    process.env['npm_config_fetch_retry_maxtimeout'] ??= '5000'
    const names: string[] = []
    for (const spec of specs) names.push(...(await this.checkBefore(spec, surroundings)))
    if (this.canPrompt() && !flags.yes && !(await ask(`Install ${argv.join(', ')}?`))) {
      this.log('Canceled; nothing was installed')
      return { installed: [], warnings: [] }
    }
    process.env['npm_config_ignore_scripts'] = String(!flags['allow-scripts'])
    const passed = (['force', 'silent', 'verbose'] as const).filter(flag => flags[flag])
    const quiet = this.jsonEnabled() && !flags.silent ? ['--silent'] : []
    const words = [...specs.map(({ spec }) => spec), ...passed.map(flag => `--${flag}`), ...quiet]
    await runPluginManager(this.config, 'plugins:install', words).catch((cause: unknown) => {
      throw installErrors.PLUGIN_INSTALL_FAILED({ specs: argv.map(String), cause })
    })
    const now = await installedNow()
    const position = ({ name }: InstalledPackage) =>
      names.includes(name) ? names.indexOf(name) : names.length
    const installed = now
      .filter(({ name }) => names.includes(name) || !this.config.plugins.has(name))
      .sort((one, other) => position(one) - position(other)) // oclif loads them in any order
    for (const plugin of installed) await this.checkInstalled(plugin, { bundled, allowOverride })
    const about = { scriptsRan: flags['allow-scripts'], packages: now }
    const warnings = installed.flatMap(plugin => warningsAbout(plugin, about))
    for (const warning of warnings) this.logToStderr(`! ${warning}`)
    return { installed: installed.map(({ name, version }) => ({ name, version })), warnings }
  }

  /** Checks a package before anything is changed, as far as possible. Returns its name, if known. */
  private async checkBefore(spec: Spec, surroundings: Surroundings): Promise<readonly string[]> {
    if (spec.path !== undefined && !existsSync(spec.path))
      throw installErrors.PLUGIN_PATH_MISSING({ path: spec.path })
    const found = await readPackage(spec, this.config.npmRegistry)
    if (found) requireInstallable(found, surroundings)
    if (found && spec.path === undefined) for (const line of describePackage(found)) this.logToStderr(line)
    return found ? [found.name] : []
  }

  /** Checks what could not be checked before. Runs none of its code: the first project that uses it does. */
  private async checkInstalled(
    plugin: InstalledPackage,
    rule: Pick<Surroundings, 'bundled' | 'allowOverride'>,
  ): Promise<void> {
    try {
      refuseOverride(plugin, rule)
    } catch (error) {
      await this.config.runCommand('plugins:uninstall', [plugin.name])
      throw error
    }
    const [broken] = findPlugins([plugin]).broken
    if (broken) throw broken.error
  }
}
