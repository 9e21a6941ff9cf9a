import { type Detection, detailsOf, type Failure, type ProjectView } from '@piko/sdk'
import { pluginErrors } from '../errors/plugins.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import type { AbsentPlugin } from '../project/check-config.js'
import { installHint, shortName } from '../project/package-name.js'
import type { PluginChoice } from '../project/plugin-names.js'
import type { Loaded, LoadedPlugin } from './load.js'
import { within } from './within.js'

/** `plugins:` in `.piko.yml`: a list, a map, or absent. */
type Choice = PluginChoice | undefined

export interface Enabling {
  readonly loaded: Loaded
  readonly choice: Choice
  /** Each plugin's section, as validated by its schema. */
  readonly sections: ReadonlyMap<string, unknown>
  readonly view: ProjectView
}

/** Whether an installed plugin is active in this project, and why. */
export interface Enabled {
  readonly plugin: LoadedPlugin
  readonly wanted: boolean
  readonly because: string
  /** `.piko.yml` decided; detection did not run. */
  readonly isExplicit?: true
  /** `.piko.yml` requires it, so it must not be skipped. */
  readonly isRequired?: true
  readonly hint?: string
  /** Why its detection failed. */
  readonly problem?: Failure
}

/**
 * The active plugins of this project: those that `.piko.yml` names, else those that detect that they are needed. Throws
 * if a named one is missing or broken, or if `.piko.yml` names none and none is detected.
 */
export async function enablePlugins(
  enabling: Enabling & { readonly absent: readonly AbsentPlugin[] },
): Promise<readonly ActivePlugin[]> {
  refuseAbsent(enabling.absent)
  refuseBroken(enabling)
  return enablePresent(enabling)
}

/** The same without plugins that are missing or broken: enough to read the existing state. */
export async function enablePresent(enabling: Enabling): Promise<readonly ActivePlugin[]> {
  const decisions = await decidePlugins(enabling)
  const wanted = decisions.filter(decision => decision.wanted)
  if (enabling.choice === undefined && wanted.every(({ plugin }) => plugin.definition.companion)) {
    throw pluginErrors.PROJECT_NOTHING_DETECTED({
      decisions: decisions.map(({ plugin, ...rest }) => ({ ...rest, plugin: plugin.name })),
    })
  }
  for (const { plugin } of wanted) refuseRequirements(plugin, { wanted, loaded: enabling.loaded })
  const incomplete = wanted.find(({ plugin }) => lacksSection(plugin, enabling.sections))
  if (incomplete) throw pluginErrors.PLUGIN_SECTION_MISSING({ plugin: incomplete.plugin.name })
  return wanted.map(({ plugin, because, isRequired = false }) => {
    return { ...activate(plugin, { because, sections: enabling.sections }), isRequired }
  })
}

export function activate(
  plugin: LoadedPlugin,
  { because, sections }: { readonly because: string; readonly sections: ReadonlyMap<string, unknown> },
): ActivePlugin {
  const { name, packageName, version, definition } = plugin
  return { name, packageName, version, definition, config: sections.get(name) ?? {}, because }
}

/** The decision for every installed plugin. */
export async function decidePlugins(enabling: Enabling): Promise<readonly Enabled[]> {
  const decisions = await Promise.all(enabling.loaded.plugins.map(plugin => decide(plugin, enabling)))
  return decisions.map(decision => withoutRequired(decision, decisions))
}

/** A companion is not active by detection alone if a plugin that it requires is inactive. */
function withoutRequired(decision: Enabled, all: readonly Enabled[]): Enabled {
  const { plugin, wanted, isExplicit } = decision
  const { companion, requires = [] } = plugin.definition
  if (!wanted || isExplicit || !companion) return decision
  const off = requires.find(name => !all.some(other => other.plugin.name === name && other.wanted))
  return off === undefined
    ? decision
    : { plugin, wanted: false, because: `it needs ${off}, which is not active` }
}

async function decide(plugin: LoadedPlugin, { choice, sections, view }: Enabling): Promise<Enabled> {
  const explicit = explicitChoice(choice, plugin)
  if (explicit !== undefined) {
    const because = explicit
      ? `${explicit === 'required' ? 'required' : 'named'} in .piko.yml`
      : 'off in .piko.yml'
    const decision = { plugin, wanted: explicit !== false, isExplicit: true, because } as const
    return explicit === 'required' ? { ...decision, isRequired: true } : decision
  }
  if (lacksSection(plugin, sections))
    return { plugin, wanted: false, because: 'it has no section in .piko.yml' }
  const detection = await detect(plugin, { sections, view })
  return { plugin, ...(detection ?? { wanted: false, because: 'not named in .piko.yml' }) }
}

/** Its section is absent, and its schema rejects an empty one. */
function lacksSection(plugin: LoadedPlugin, sections: Enabling['sections']): boolean {
  return plugin.definition.config !== undefined && !sections.has(plugin.name)
}

function explicitChoice(choice: Choice, plugin: LoadedPlugin): boolean | 'required' | undefined {
  if (choice === undefined) return undefined
  const isPlugin = (name: string) => name === plugin.packageName || shortName(name) === plugin.name
  if (isList(choice)) return choice.some(isPlugin)
  return Object.entries(choice).find(([name]) => isPlugin(name))?.[1]
}

/** Throws `PLUGIN_MISSING` if `.piko.yml` names a plugin that is not installed. */
export function refuseAbsent(absent: readonly AbsentPlugin[]): void {
  if (absent.length === 0) return
  const names = absent.map(({ name }) => name)
  throw pluginErrors.PLUGIN_MISSING({
    names,
    because: 'named in .piko.yml',
    places: absent.map(({ place }) => place),
    install: installHint(names),
  })
}

function refuseBroken({ choice, loaded }: Enabling): void {
  const named =
    choice === undefined ? [] : isList(choice) ? choice : Object.keys(choice).filter(name => choice[name])
  for (const name of named) {
    const broken = loaded.broken.find(other => other.packageName === name || other.name === shortName(name))
    if (broken) throw broken.error
  }
}

function refuseRequirements(
  plugin: LoadedPlugin,
  { wanted, loaded }: { readonly wanted: readonly Enabled[]; readonly loaded: Loaded },
): void {
  for (const requires of plugin.definition.requires ?? []) {
    if (wanted.some(other => other.plugin.name === requires)) continue
    const broken = loaded.broken.find(({ name }) => name === requires)
    if (broken) throw broken.error
    if (loaded.plugins.some(({ name }) => name === requires))
      throw pluginErrors.PLUGIN_REQUIREMENT_OFF({ plugin: plugin.name, requires })
    throw pluginErrors.PLUGIN_MISSING({
      names: [requires],
      because: `which ${plugin.packageName} ${plugin.version} needs`,
      install: installHint([requires]),
    })
  }
}

function isList(choice: Exclude<Choice, undefined>): choice is readonly string[] {
  return Array.isArray(choice)
}

const detectSeconds = 10

async function detect(plugin: LoadedPlugin, { sections, view }: Pick<Enabling, 'sections' | 'view'>) {
  try {
    const detection = plugin.definition.detect?.(view, sections.get(plugin.name) ?? {})
    const timeoutError = () => new Error(`no answer after ${detectSeconds} seconds`)
    return detection && requireDetection(await within(detection, { seconds: detectSeconds, timeoutError }))
  } catch (cause) {
    if (detailsOf(cause)) throw cause
    const problem = pluginErrors.PLUGIN_THREW({ ...plugin, where: 'detect', cause })
    return { wanted: false, because: problem.message, problem }
  }
}

function requireDetection(answer: Partial<Detection> | undefined): Detection {
  const { wanted, because, hint } = answer ?? {}
  if (typeof wanted === 'boolean' && typeof because === 'string')
    return { wanted, because, ...(hint === undefined ? {} : { hint }) }
  throw new Error('its answer has no `wanted` and `because`')
}
