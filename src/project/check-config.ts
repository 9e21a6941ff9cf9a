import type { ConfigSchema, Failure, PluginName } from '@piko/sdk'
import { projectErrors } from '../errors/project.js'
import type { ConfigDocument } from './config-document.js'
import { keyOf, mergedJsonSchema, type ConfigSection } from './json-schema.js'
import { unknownKeys } from './mismatch.js'
import { installHint, shortName } from './package-name.js'
import {
  absentPlugins,
  byShortName,
  pluginNameProblems,
  type KnownPlugin,
  type NamedPlugin,
} from './plugin-names.js'
import { pathText, type Path, type Problem, problemLines } from './problem.js'
import type { CoreConfig } from './schema.js'
import { alternatives, childSchema, type JsonSchema } from './shape.js'
import { validate, type Part, type Validated } from './validate.js'

export interface CheckRequest {
  readonly document: ConfigDocument
  readonly core: ConfigSchema<CoreConfig>
  /** Sections of every installed plugin that takes configuration, active or not. */
  readonly sections: readonly ConfigSection[]
  readonly knownPlugins: readonly KnownPlugin[]
}

export interface CheckedConfig {
  /** `plugins` uses the plugins' short names. */
  readonly config: CoreConfig
  /**
   * Each plugin's section as validated by its schema, with defaults. Has no entry for a required section that is
   * absent.
   */
  readonly sections: ReadonlyMap<PluginName, unknown>
  /** Plugins in `plugins` that are not installed. */
  readonly absent: readonly AbsentPlugin[]
}

export interface AbsentPlugin {
  /** As written in the file: a short name or a package name. */
  readonly name: string
  /** `.piko.yml:2:11  plugins[0]` */
  readonly place: string
}

/** Throws a single `CONFIG_INVALID` that lists every problem of the file with its position. */
export async function checkConfig(request: CheckRequest): Promise<CheckedConfig> {
  const { document, knownPlugins } = request
  const whole = mergedJsonSchema(request.core, request.sections)
  const given = withoutEmptySections(document.value, whole)
  const absent = absentPlugins(given['plugins'], knownPlugins)
  const foreign = unknownKeys({ value: given, path: [], schema: whole, root: whole })
  const unknown = foreign.filter(problem => !isSectionOf(problem, absent))
  const clean = withoutPaths(given, foreign)
  const core = await validate(corePart(request, clean))
  const sections = await Promise.all(request.sections.map(section => validatedSection(section, clean)))
  const problems = [
    ...unknown.map(problem => unconfigurable(problem, knownPlugins)),
    ...pluginNameProblems(given['plugins'], knownPlugins),
    ...[core, ...sections.map(({ result }) => result)].flatMap(problemsOf),
  ]
  if (problems.length > 0 || 'problems' in core) throw invalid(document, { problems, absent })
  return {
    config: withShortNames(core.value, knownPlugins),
    sections: new Map(sections.flatMap(valueOf)),
    absent: absent.map(({ name, path }) => ({ name, place: placeText(document, path) })),
  }
}

/** The section of a plugin that is not installed cannot be checked. */
function isSectionOf({ path }: Problem, absent: readonly NamedPlugin[]): boolean {
  return path.length === 1 && absent.some(({ name }) => shortName(name) === path[0])
}

interface ValidatedSection {
  readonly name: PluginName
  readonly result: Validated<unknown>
}

type Values = Readonly<Record<string, unknown>>

function corePart({ core, sections }: CheckRequest, value: Values): Part<CoreConfig> {
  const keys = sections.map(keyOf)
  const own = Object.entries(value).filter(([key]) => !keys.includes(key))
  return { owner: 'piko', path: [], config: core, value: Object.fromEntries(own) }
}

async function validatedSection(section: ConfigSection, values: Values): Promise<ValidatedSection> {
  const { name, config } = section
  const key = keyOf(section)
  const part = { owner: name, path: [key], config }
  if (Object.hasOwn(values, key)) return { name, result: await validate({ ...part, value: values[key] }) }
  // A plugin that requires a section must not break projects that do not use it.
  const result = await validate({ ...part, value: {} }).catch(() => ({ problems: [] }))
  return { name, result: 'value' in result ? result : { problems: [] } }
}

/** A section whose keys are all commented out reads as null and counts as absent. */
function withoutEmptySections(value: Values, whole: JsonSchema): Values {
  const isSection = (key: string) => {
    const schemas = alternatives(childSchema(whole, key), whole)
    return schemas.length > 0 && schemas.every(({ type }) => type === 'object')
  }
  return Object.fromEntries(Object.entries(value).filter(([key, part]) => part !== null || !isSection(key)))
}

/** Removes keys that are already reported, so that the library does not report them too. */
function withoutPaths(value: Values, problems: readonly Problem[]): Values {
  const copy = structuredClone(value)
  for (const { path } of problems) {
    const holder = path
      .slice(0, -1)
      .reduce<unknown>((part, key) => (isHolder(part) ? part[key] : undefined), copy)
    if (isHolder(holder)) Reflect.deleteProperty(holder, path.at(-1) ?? '')
  }
  return copy
}

function isHolder(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === 'object' && value !== null
}

function unconfigurable(problem: Problem, known: readonly KnownPlugin[]): Problem {
  const plugin = known.find(({ name }) => problem.path.length === 1 && name === problem.path[0])
  return plugin ? { ...problem, message: `the plugin \`${plugin.name}\` takes no configuration` } : problem
}

function withShortNames(config: CoreConfig, known: readonly KnownPlugin[]): CoreConfig {
  return config.plugins ? { ...config, plugins: byShortName(config.plugins, known) } : config
}

function problemsOf(result: Validated<unknown>): readonly Problem[] {
  return 'problems' in result ? result.problems : []
}

function valueOf({ name, result }: ValidatedSection): (readonly [PluginName, unknown])[] {
  return 'problems' in result ? [] : [[name, result.value]]
}

function placeText(document: ConfigDocument, path: Path): string {
  const { line, column } = document.positionOf(path)
  return `${document.file}:${line}:${column}  ${pathText(path)}`
}

function invalid(
  document: ConfigDocument,
  { problems, absent }: { problems: readonly Problem[]; absent: readonly NamedPlugin[] },
): Failure {
  const all = [
    ...problems,
    ...absent.map(({ name, path }) => ({ path, message: `no plugin \`${name}\` is installed` })),
  ]
  const placed = all.map(({ path, message }) => ({
    ...document.positionOf(path),
    path: pathText(path),
    message,
  }))
  return projectErrors.CONFIG_INVALID({
    file: document.file,
    problems: problemLines(document.file, placed),
    install: absent.length === 0 ? undefined : installHint(absent.map(({ name }) => name)),
  })
}
