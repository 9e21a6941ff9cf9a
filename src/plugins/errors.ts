import { type ErrorDetails, failure, type Failure } from '@piko/sdk'
import { installHint } from '../project/package-name.js'

/** A plugin that is installed and cannot be used. */
export interface BrokenPlugin {
  readonly name: string
  readonly packageName: string
  readonly version: string
  readonly error: Failure
}

interface Package {
  readonly packageName: string
  readonly version: string
}

const uninstall = ({ packageName }: Package) =>
  `To continue without it,  run \`piko plugins uninstall ${packageName}\``

export function manifestInvalid(plugin: Package, problem: string): Failure {
  return failure({
    code: 'PLUGIN_MANIFEST_INVALID',
    message: `The package.json of ${plugin.packageName} ${plugin.version} is not a plugin's: ${problem}`,
    hints: [uninstall(plugin)],
    kind: 'plugin',
  })
}

export function pluginApiOther(plugin: Package, manifest: unknown): Failure {
  const api =
    typeof manifest === 'object' && manifest !== null ? String(Reflect.get(manifest, 'api')) : 'none'
  return failure({
    code: 'PLUGIN_API_OTHER',
    message: `${plugin.packageName} ${plugin.version} is made for API ${api} of piko; this piko has API 1`,
    hints: [`To get the version for this piko, run \`piko plugins update ${plugin.packageName}\``],
    kind: 'plugin',
  })
}

export function pluginTwin(
  plugin: Package & { readonly name: string },
  all: readonly { readonly name: string; readonly packageName: string }[],
): Failure {
  const packages = all.filter(({ name }) => name === plugin.name).map(({ packageName }) => packageName)
  return failure({
    code: 'PLUGIN_TWIN',
    message: `${packages.join(' and ')} are both the plugin ${plugin.name}`,
    hints: [uninstall(plugin)],
    kind: 'plugin',
  })
}

export function pluginUnloadable(plugin: Package, cause: unknown): Failure {
  return failure({
    code: 'PLUGIN_UNLOADABLE',
    message: `${plugin.packageName} ${plugin.version} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
    hints: [uninstall(plugin)],
    kind: 'plugin',
    cause,
  })
}

export function definitionInvalid(plugin: Package, problems: readonly string[]): Failure {
  return failure({
    code: 'PLUGIN_INVALID',
    message: `The definition of ${plugin.packageName} ${plugin.version} has ${problems.length === 1 ? 'a fault' : `${problems.length} faults`}`,
    details: problems,
    hints: [uninstall(plugin)],
    kind: 'plugin',
  })
}

export function pluginsMissing(
  names: readonly string[],
  facts: { readonly because: string; readonly places?: readonly string[] },
): Failure {
  const what =
    names.length === 1
      ? `The plugin ${names[0]}, ${facts.because}, is`
      : `The plugins ${names.join(', ')}, ${facts.because}, are`
  return failure({
    code: 'PLUGIN_MISSING',
    message: `${what} not installed`,
    details: facts.places ?? [],
    hints: [installHint(names)],
    kind: 'plugin',
  })
}

export function pluginOff(
  name: string,
  { because, hint }: { readonly because: string; readonly hint: string },
): Failure {
  return failure({
    code: 'PLUGIN_OFF',
    message: `The plugin ${name} is not active in this project: ${because}`,
    hints: ['To see which plugins are active, and why, run `piko doctor`', hint],
    kind: 'state',
  })
}

export function requirementOff(facts: { plugin: string; requires: string }): Failure {
  return failure({
    code: 'PLUGIN_REQUIREMENT_OFF',
    message: `The plugin ${facts.plugin} needs the plugin ${facts.requires}, which is not active in this project`,
    hints: [`To use both, add ${facts.requires} to \`plugins\` in .piko.yml`],
    kind: 'plugin',
  })
}

export function sectionMissing(plugin: string): Failure {
  return failure({
    code: 'PLUGIN_SECTION_MISSING',
    message: `The plugin ${plugin} needs a section of its own in .piko.yml`,
    hints: [
      'To see what it may contain, run `piko config schema`',
      `To continue without it,  set ${plugin} to false under \`plugins\` in .piko.yml`,
    ],
  })
}

export function nothingDetected(
  decisions: readonly { readonly plugin: string; readonly because: string; readonly hint?: string }[],
): Failure {
  return failure({
    code: 'PROJECT_NOTHING_DETECTED',
    message: 'Nothing in this project says what its environments should run',
    details: decisions.map(({ plugin, because }) => `${plugin}: ${because}`),
    hints: [
      ...decisions.flatMap(({ hint }) => hint ?? []),
      'To create worktrees only, write `plugins: []` to .piko.yml: `echo "plugins: []" >> .piko.yml`',
    ],
  })
}

export function flagConflict(
  plugin: Package,
  facts: { flag: string; command: string; packages: readonly string[] },
): Failure {
  return failure({
    code: 'PLUGIN_FLAG_CONFLICT',
    message: `The flag --${facts.flag} of \`piko ${facts.command}\` is defined twice, by ${facts.packages.join(' and ')}`,
    hints: [uninstall(plugin)],
    kind: 'plugin',
  })
}

/** A warning: environments are made without it. */
export function pluginSkipped(
  plugin: string,
  { because, hints }: { readonly because: string; readonly hints: readonly string[] },
): ErrorDetails {
  return {
    code: 'PLUGIN_SKIPPED',
    message: `The plugin ${plugin} is skipped: ${because}`,
    hints: [...hints, `To make this an error, set \`plugins: { ${plugin}: required }\` in .piko.yml`],
  }
}

export function toolsUnfit(problems: readonly string[], hints: readonly string[]): Failure {
  return failure({
    code: 'TOOL_UNFIT',
    message: problems.join('; '),
    hints,
    kind: 'tool',
  })
}

/** An error of its migrations, which name the plugin alone. */
export function tablesBroken(plugin: Package, { details }: Failure): Failure {
  return failure({
    ...details,
    message: `${plugin.packageName} ${plugin.version} cannot have its tables: ${details.message}`,
    hints: [...(details.hints ?? []), uninstall(plugin)],
  })
}

export function pluginThrew(
  plugin: Package,
  facts: { readonly where: string; readonly cause: unknown },
): Failure {
  const why = facts.cause instanceof Error ? facts.cause.message : String(facts.cause)
  return failure({
    code: 'PLUGIN_THREW',
    message: `\`${facts.where}\` of ${plugin.packageName} ${plugin.version} failed: ${why}`,
    hints: [uninstall(plugin)],
    kind: 'plugin',
    cause: facts.cause,
  })
}
