import { errorTable, failure, type Failure } from '@piko/sdk'

type Package = { packageName: string; version: string }
/** `install`: the hint that says how. */
type Missing = { names: readonly string[]; because: string; places?: readonly string[]; install: string }
type Decision = { plugin: string; because: string; hint?: string }
type FlagConflict = Package & { flag: string; command: string; packages: readonly string[] }
type Duplicate = { name: string; packageName: string; packages: readonly string[] }
type Skipped = { plugin: string; because: string; hints: readonly string[] }

const uninstall = ({ packageName }: { packageName: string }) =>
  `To continue without it, run \`piko plugins uninstall ${packageName}\``

export const pluginErrors = errorTable({
  PLUGIN_MANIFEST_INVALID: ({ packageName, version, problem }: Package & { problem: string }) => ({
    message: `The package.json of ${packageName} ${version} is not a plugin's: ${problem}`,
    hints: [uninstall({ packageName })],
    kind: 'plugin',
  }),
  PLUGIN_API_OTHER: ({ packageName, version, api }: Package & { api: string }) => ({
    message: `${packageName} ${version} is made for API ${api} of piko; this piko has API 1`,
    hints: [`To get the version for this piko, run \`piko plugins update ${packageName}\``],
    kind: 'plugin',
  }),
  PLUGIN_TWIN: ({ name, packageName, packages }: Duplicate) => ({
    message: `${packages.join(' and ')} are both the plugin ${name}`,
    hints: [uninstall({ packageName })],
    kind: 'plugin',
  }),
  PLUGIN_UNLOADABLE: ({ packageName, version, cause }: Package & { cause: unknown }) => ({
    message: `${packageName} ${version} cannot be loaded: ${textOf(cause)}`,
    hints: [uninstall({ packageName })],
    kind: 'plugin',
    cause,
  }),
  PLUGIN_INVALID: ({ packageName, version, problems }: Package & { problems: readonly string[] }) => ({
    message: `The definition of ${packageName} ${version} has ${problems.length === 1 ? 'a fault' : `${problems.length} faults`}`,
    details: problems,
    hints: [uninstall({ packageName })],
    kind: 'plugin',
  }),
  PLUGIN_MISSING: ({ names, because, places = [], install }: Missing) => ({
    message:
      names.length === 1
        ? `The plugin ${names.join('')}, ${because}, is not installed`
        : `The plugins ${names.join(', ')}, ${because}, are not installed`,
    details: places,
    hints: [install],
    kind: 'plugin',
  }),
  /** `hint`: how to make it active. */
  PLUGIN_OFF: ({ name, because, hint }: { name: string; because: string; hint: string }) => ({
    message: `The plugin ${name} is not active in this project: ${because}`,
    hints: ['To see which plugins are active, and why, run `piko doctor`', hint],
    kind: 'state',
  }),
  PLUGIN_REQUIREMENT_OFF: ({ plugin, requires }: { plugin: string; requires: string }) => ({
    message: `The plugin ${plugin} needs the plugin ${requires}, which is not active in this project`,
    hints: [`To use both, add ${requires} to \`plugins\` in .piko.yml`],
    kind: 'plugin',
  }),
  PLUGIN_SECTION_MISSING: ({ plugin }: { plugin: string }) => ({
    message: `The plugin ${plugin} needs a section of its own in .piko.yml`,
    hints: [
      'To see what it may contain, run `piko config schema`',
      `To continue without it, set ${plugin} to false under \`plugins\` in .piko.yml`,
    ],
  }),
  PROJECT_NOTHING_DETECTED: ({ decisions }: { decisions: readonly Decision[] }) => ({
    message: 'Nothing in this project says what its environments should run',
    details: decisions.map(({ plugin, because }) => `${plugin}: ${because}`),
    hints: [
      ...decisions.flatMap(({ hint }) => hint ?? []),
      'To create worktrees only, write `plugins: []` to .piko.yml: `echo "plugins: []" >> .piko.yml`',
    ],
  }),
  PLUGIN_FLAG_CONFLICT: ({ packageName, flag, command, packages }: FlagConflict) => ({
    message: `The flag --${flag} of \`piko ${command}\` is defined twice, by ${packages.join(' and ')}`,
    hints: [uninstall({ packageName })],
    kind: 'plugin',
  }),
  /** Shown as a warning: environments are created without it. */
  PLUGIN_SKIPPED: ({ plugin, because, hints }: Skipped) => ({
    message: `The plugin ${plugin} is skipped: ${because}`,
    hints: [...hints, `To make this an error, set \`plugins: { ${plugin}: required }\` in .piko.yml`],
  }),
  TOOL_UNFIT: ({ problems, hints }: { problems: readonly string[]; hints: readonly string[] }) => ({
    message: problems.join('; '),
    hints,
    kind: 'tool',
  }),
  PLUGIN_THREW: ({ packageName, version, where, cause }: Package & { where: string; cause: unknown }) => ({
    message: `\`${where}\` of ${packageName} ${version} failed: ${textOf(cause)}`,
    hints: [uninstall({ packageName })],
    kind: 'plugin',
    cause,
  }),
})

/** Adds the package and version to an error of a plugin's migrations. */
export function tablesBroken({ packageName, version }: Package, { details }: Failure): Failure {
  return failure({
    ...details,
    message: `${packageName} ${version} cannot have its tables: ${details.message}`,
    hints: [...(details.hints ?? []), uninstall({ packageName })],
  })
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
