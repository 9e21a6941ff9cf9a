import type { ConfigSchema, PluginDefinition } from '@piko/sdk'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pluginErrors } from '../errors/plugins.js'
import type { BrokenPlugin, Candidate } from './candidate.js'
import type { Installed } from './find.js'
import { problemsOf } from './validate.js'
import { within } from './within.js'

/** A plugin whose code has been loaded: its package and its definition. */
export interface LoadedPlugin extends Candidate {
  readonly definition: PluginDefinition
}

export interface Loaded {
  readonly plugins: readonly LoadedPlugin[]
  readonly broken: readonly BrokenPlugin[]
}

/**
 * Imports the definitions of the installed plugins that are in use, and of those that they require. A broken one is
 * reported with its reason and does not affect the others.
 */
export async function loadPlugins(
  installed: Installed,
  isUsed: (candidate: Candidate) => boolean,
): Promise<Loaded> {
  const plugins: LoadedPlugin[] = []
  const broken = [...installed.broken]
  let next = installed.candidates.filter(isUsed)
  const left = new Set(installed.candidates)
  while (next.length > 0) {
    for (const candidate of next) left.delete(candidate)
    const results = await Promise.all(next.map(loadOne))
    plugins.push(...results.filter(result => 'definition' in result))
    broken.push(...results.filter(result => 'error' in result))
    const required = new Set(plugins.flatMap(({ definition }) => definition.requires ?? []))
    next = [...left].filter(({ name }) => required.has(name))
  }
  return { plugins: plugins.sort(byName), broken }
}

function byName(one: Candidate, other: Candidate): number {
  return one.name < other.name ? -1 : 1
}

const loadSeconds = 10

async function loadOne(candidate: Candidate): Promise<LoadedPlugin | BrokenPlugin> {
  let definition: unknown
  try {
    const url = pathToFileURL(join(candidate.root, candidate.manifest.plugin)).href
    const timeoutError = () => new Error(`its module was not loaded after ${loadSeconds} seconds`)
    const module = (await within(import(url) as Promise<unknown>, {
      seconds: loadSeconds,
      timeoutError,
    })) as object
    definition = Reflect.get(module, 'default')
  } catch (cause) {
    return { ...candidate, error: pluginErrors.PLUGIN_UNLOADABLE({ ...candidate, cause }) }
  }
  const problems = problemsOf(definition, candidate.name)
  if (problems.length > 0)
    return { ...candidate, error: pluginErrors.PLUGIN_INVALID({ ...candidate, problems }) }
  const valid = definition as PluginDefinition // validated by `problemsOf`
  try {
    return {
      ...candidate,
      definition: valid.config ? { ...valid, config: withJsonSchema(valid.config) } : valid,
    }
  } catch (cause) {
    return {
      ...candidate,
      error: pluginErrors.PLUGIN_THREW({ ...candidate, where: 'config.jsonSchema', cause }),
    }
  }
}

/**
 * Writes its JSON Schema now, so that a faulty one is found when the plugin is loaded and not while checking
 * `.piko.yml`.
 */
function withJsonSchema(config: ConfigSchema<unknown>): ConfigSchema<unknown> {
  const written = config.jsonSchema()
  const { schema, key } = config
  return { schema, ...(key === undefined ? {} : { key }), jsonSchema: () => written }
}
