import { detailsOf, type ProjectView } from '@piko/sdk'
import { shortName } from './candidate.js'
import { type ActivePlugin } from '../lifecycle/active-plugin.js'
import { nothingDetected, pluginMissing, pluginThrew, requirementOff, sectionMissing } from './errors.js'
import type { Loaded, LoadedPlugin } from './load.js'

/** `plugins:` of `.piko.yml`: a list, a map, or nothing said. */
type Choice = readonly string[] | Readonly<Record<string, boolean>> | undefined

export interface Enabling {
  readonly loaded: Loaded
  readonly choice: Choice
  /** Each plugin's section, as its schema made it. */
  readonly sections: ReadonlyMap<string, unknown>
  readonly view: ProjectView
}

/** What became of an installed plugin in this project, and why. */
export interface Enabled {
  readonly plugin: LoadedPlugin
  readonly wanted: boolean
  readonly because: string
}

/**
 * Which plugins take part in this project: those that `.piko.yml` names, else those that detect that they are wanted.
 * Throws when a named one is missing or broken, or when nothing is wanted and nothing was said.
 */
export async function enablePlugins(enabling: Enabling): Promise<readonly ActivePlugin[]> {
  const decisions = await decidePlugins(enabling)
  const wanted = decisions.filter(decision => decision.wanted)
  if (wanted.length === 0 && enabling.choice === undefined) {
    throw nothingDetected(decisions.map(({ plugin, because }) => `${plugin.name}: ${because}`))
  }
  for (const { plugin } of wanted) {
    for (const requires of plugin.definition.requires ?? []) {
      if (!wanted.some(other => other.plugin.name === requires))
        throw requirementOff({ plugin: plugin.name, requires })
    }
  }
  const lacking = wanted.find(({ plugin }) => lacksSection(plugin, enabling.sections))
  if (lacking) throw sectionMissing(lacking.plugin.name)
  return wanted.map(({ plugin, because }) => activate(plugin, { because, sections: enabling.sections }))
}

export function activate(
  plugin: LoadedPlugin,
  { because, sections }: { readonly because: string; readonly sections: ReadonlyMap<string, unknown> },
): ActivePlugin {
  const { name, packageName, version, definition } = plugin
  return { name, packageName, version, definition, config: sections.get(name) ?? {}, because }
}

/** Every installed plugin with the decision about it. */
export async function decidePlugins(enabling: Enabling): Promise<readonly Enabled[]> {
  refuseMissing(enabling)
  return Promise.all(enabling.loaded.plugins.map(plugin => decide(plugin, enabling)))
}

async function decide(plugin: LoadedPlugin, { choice, sections, view }: Enabling): Promise<Enabled> {
  const said = saidOf(choice, plugin)
  if (said !== undefined)
    return { plugin, wanted: said, because: said ? 'named in .piko.yml' : 'off in .piko.yml' }
  if (lacksSection(plugin, sections))
    return { plugin, wanted: false, because: 'it has no section in .piko.yml' }
  const detection = await detect(plugin, { sections, view })
  return { plugin, ...(detection ?? { wanted: false, because: 'not named in .piko.yml' }) }
}

/** Its schema does not take an empty section, and there is none. */
function lacksSection(plugin: LoadedPlugin, sections: Enabling['sections']): boolean {
  return plugin.definition.config !== undefined && !sections.has(plugin.name)
}

function saidOf(choice: Choice, plugin: LoadedPlugin): boolean | undefined {
  if (choice === undefined) return undefined
  const isPlugin = (name: string) => name === plugin.packageName || shortName(name) === plugin.name
  if (isList(choice)) return choice.some(isPlugin)
  return Object.entries(choice).find(([name]) => isPlugin(name))?.[1]
}

function refuseMissing({ choice, loaded }: Enabling): void {
  const named =
    choice === undefined ? [] : isList(choice) ? choice : Object.keys(choice).filter(name => choice[name])
  for (const name of named) {
    const broken = loaded.broken.find(other => other.packageName === name || other.name === shortName(name))
    if (broken) throw broken.error
    const isThere = loaded.plugins.some(other => other.packageName === name || other.name === shortName(name))
    const known = loaded.plugins.map(plugin => plugin.name)
    if (!isThere) throw pluginMissing(name, { known, because: 'named in .piko.yml' })
  }
}

function isList(choice: Exclude<Choice, undefined>): choice is readonly string[] {
  return Array.isArray(choice)
}

async function detect(plugin: LoadedPlugin, { sections, view }: Pick<Enabling, 'sections' | 'view'>) {
  try {
    return await plugin.definition.detect?.(view, sections.get(plugin.name) ?? {})
  } catch (cause) {
    throw detailsOf(cause) ? cause : pluginThrew(plugin, { where: 'detect', cause })
  }
}
