import type { FlagDefinition, LifecycleCommand, PluginManifest } from '@piko/sdk'
import { pluginErrors } from '../errors/plugins.js'
import { shortName } from '../project/package-name.js'
import type { BrokenPlugin, Candidate, InstalledPackage } from './candidate.js'
import { refuseDuplicateClaims } from './claims.js'

/** The installed plugins: those that can be imported, and those that cannot, with the reason. */
export interface Installed {
  readonly candidates: readonly Candidate[]
  readonly broken: readonly BrokenPlugin[]
}

/** Finds piko's plugins among oclif's by the `piko` field of their package.json. Imports nothing. */
export function findPlugins(packages: Iterable<InstalledPackage>): Installed {
  const candidates: Candidate[] = []
  const broken: BrokenPlugin[] = []
  for (const installed of packages) {
    const field: unknown = Reflect.get(installed.pjson, 'piko')
    if (field === undefined) continue
    const found = { name: shortName(installed.name), packageName: installed.name, version: installed.version }
    const problem = problemOfName(found.name) ?? problemOf(field) ?? problemOfDependencies(installed.pjson)
    if (problem !== undefined)
      broken.push({ ...found, error: pluginErrors.PLUGIN_MANIFEST_INVALID({ ...found, problem }) })
    else if (!isManifest(field) || field.api !== 1)
      broken.push({
        ...found,
        error: pluginErrors.PLUGIN_API_OTHER({
          ...found,
          api: isManifest(field) ? String(field.api) : 'none',
        }),
      })
    else
      candidates.push({
        ...found,
        root: installed.root,
        manifest: field,
        bundled: installed.type === 'core',
      })
  }
  const claimed = refuseDuplicateClaims(candidates)
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
  return {
    candidates: [...claimed.candidates].sort(byName),
    broken: [...broken, ...claimed.broken].sort(byName),
  }
}

/**
 * A plugin's name is used for its section of `.piko.yml`, its tables and its steps, so it must not be one of core's.
 */
export function problemOfName(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    return `${name} is no plugin's name: it needs lower-case words joined by dashes`
  return reserved.has(name) ? `the name ${name} is piko's own` : undefined
}

/** Core's keys in `.piko.yml`, and the prefix of its own steps. */
const reserved: ReadonlySet<string> = new Set([
  'core', 'piko', 'create', 'dependencies', 'env', 'files', 'plugins', 'ports', 'project', 'scripts', 'trust', 'worktrees',
]) // prettier-ignore

/** npm also installs peers: such a plugin would install a second piko that writes the same state. */
function problemOfDependencies(pjson: object): string | undefined {
  const isPiko = (name: string) => name === 'piko' || (name.startsWith('@piko/') && name !== '@piko/sdk')
  const peer = namesIn(pjson, 'peerDependencies').find(isPiko)
  if (peer !== undefined)
    return `it has ${peer} for a peer, which npm would install once more; @piko/sdk as a dependency is enough`
  if (!namesIn(pjson, 'dependencies').includes('piko')) return undefined
  return 'it depends on piko, which npm would install once more; @piko/sdk is enough'
}

function namesIn(pjson: object, field: string): readonly string[] {
  const value: unknown = Reflect.get(pjson, field)
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

function problemOf(field: unknown): string | undefined {
  if (typeof field !== 'object' || field === null) return '`piko` is not an object'
  const { api, plugin, flags } = field as Readonly<Record<string, unknown>>
  if (typeof api !== 'number') return '`piko.api` is not a number'
  if (typeof plugin !== 'string') return '`piko.plugin` is not a path'
  if (!plugin.startsWith('./') || plugin.split('/').includes('..')) return '`piko.plugin` leaves the package'
  return flags === undefined ? undefined : problemOfFlags(flags)
}

function problemOfFlags(flags: unknown): string | undefined {
  if (typeof flags !== 'object' || flags === null) return '`piko.flags` is not an object'
  for (const [command, definitions] of Object.entries(flags)) {
    if (!lifecycleCommands.has(command)) return `\`piko.flags.${command}\` is not a command that takes flags`
    for (const [name, flag] of Object.entries((definitions ?? {}) as object)) {
      if (isOwnFlag(command, name)) return `\`piko.flags.${command}.${name}\` is a flag of piko itself`
      if (!isFlag(flag))
        return `\`piko.flags.${command}.${name}\` needs a type (boolean or string) and a summary`
      if (flag.run !== undefined && (command !== 'down' || flag.type !== 'boolean'))
        return `\`piko.flags.${command}.${name}.run\`: only a boolean flag of \`down\` can stand for a run`
    }
  }
  return undefined
}

function isOwnFlag(command: string, flag: string): boolean {
  return [...ownFlags[command as LifecycleCommand], 'help', 'json'].includes(flag) // see `lifecycleCommands`
}

function isFlag(flag: unknown): flag is FlagDefinition {
  if (typeof flag !== 'object' || flag === null || !('type' in flag) || !('summary' in flag)) return false
  return (flag.type === 'boolean' || flag.type === 'string') && typeof flag.summary === 'string'
}

function isManifest(field: unknown): field is PluginManifest {
  return problemOf(field) === undefined
}

/** The flags of core's commands, which plugins must not redefine. A test compares this with the commands. */
export const ownFlags: Readonly<Record<LifecycleCommand, readonly string[]>> = {
  create: [
    'branch',
    'from',
    'no-start',
    'dry-run',
    'rollback',
    'keep-on-failure',
    'port',
    'trust',
    'verbose',
  ],
  up: ['env', 'detach', 'trust', 'verbose'],
  down: ['yes', 'forget', 'verbose'],
  restart: ['env', 'trust', 'verbose'],
  destroy: ['yes', 'force', 'delete-branch', 'keep-volumes', 'forget', 'verbose'],
}

const lifecycleCommands: ReadonlySet<string> = new Set(Object.keys(ownFlags))
