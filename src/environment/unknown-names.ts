import { detailsOf, type KnownNames, type NameReference, type Warning } from '@piko/sdk'
import { projectErrors } from '../errors/project.js'
import type { ActivePlugin } from '../lifecycle/active-plugin.js'
import { makeContext } from '../lifecycle/context.js'
import type { Scope } from '../lifecycle/scope.js'
import { withTimeLimit } from '../lifecycle/time-limit.js'
import { readConfigFile } from '../project/config-file.js'
import { placeholdersIn } from '../project/interpolate.js'
import { nearestText } from '../project/nearest.js'
import { pathText, type Problem, problemLines } from '../project/problem.js'
import type { ScopedRun } from '../runs/begin-run.js'
import type { Workspace } from '../workspace/open.js'

/** The result of comparing names. */
export interface NameFindings {
  readonly problems: readonly Problem[]
  /** Why names could not be compared: the Compose files are unreadable. */
  readonly unread: readonly string[]
}

interface Comparing {
  /** `env:` of `.piko.yml`. */
  readonly env: Readonly<Record<string, string>>
  readonly plugins: readonly ActivePlugin[]
  readonly signal: AbortSignal
}

/**
 * Compares the names in `.piko.yml` with the services and volumes that exist, in the environment's branch or, without
 * one, in the main checkout.
 */
export async function findUnknownNames(scope: Scope, comparing: Comparing): Promise<NameFindings> {
  const references = [
    ...comparing.plugins.flatMap(plugin => referencesOf(plugin)),
    ...placeholderReferences(comparing.env),
  ]
  if (references.length === 0) return { problems: [], unread: [] }
  const answers = await Promise.all(comparing.plugins.map(plugin => namesOf(scope, plugin, comparing)))
  const known = answers.flatMap(answer => ('known' in answer ? answer.known : []))
  return {
    problems: references.flatMap(reference => problemOf(reference, known)),
    unread: answers.flatMap(answer => ('unread' in answer ? [answer.unread] : [])),
  }
}

function referencesOf({ name, definition, config }: ActivePlugin): readonly NameReference[] {
  const references = definition.refersTo?.(config) ?? []
  return references.map(reference => ({ ...reference, path: [name, ...reference.path] }))
}

/** `${port.api}`, `${port.api.3000}` and `${url.api}` refer to the service api. */
function placeholderReferences(env: Comparing['env']): readonly NameReference[] {
  return Object.entries(env).flatMap(([variable, template]) =>
    placeholdersIn(template).flatMap(placeholder => {
      const [, name] = /^(?:port|url)\.(.+?)(?:\.\d+)?$/.exec(placeholder) ?? []
      return name === undefined ? [] : [{ kind: 'compose.service', name, path: ['env', variable] }]
    }),
  )
}

async function namesOf(
  scope: Scope,
  plugin: ActivePlugin,
  { signal }: Comparing,
): Promise<{ readonly known: readonly KnownNames[] } | { readonly unread: string }> {
  try {
    const known = await withTimeLimit({ step: `${plugin.name}:names`, seconds: 60, signal }, inTime =>
      Promise.resolve(
        plugin.definition.names?.(makeContext(scope, { plugin, verb: 'look', signal: inTime })) ?? [],
      ),
    )
    return { known }
  } catch (error) {
    signal.throwIfAborted()
    return { unread: detailsOf(error)?.message ?? String(error) }
  }
}

function problemOf({ kind, name, path }: NameReference, known: readonly KnownNames[]): readonly Problem[] {
  const own = known.find(names => names.kind === kind)
  if (!own || own.names.includes(name)) return []
  return [{ path, message: `\`${name}\` is not a ${own.noun}; ${nearestText(name, own.names)}` }]
}

/** Throws `CONFIG_INVALID` with the location of each name. */
export async function refuseUnknownNames({ project }: Workspace, { problems }: NameFindings): Promise<void> {
  if (problems.length === 0) return
  const document = await readConfigFile(project.root)
  const placed = problems.map(({ path, message }) => {
    return { ...document.positionOf(path), path: pathText(path), message }
  })
  throw projectErrors.CONFIG_INVALID({ file: document.file, problems: problemLines(document.file, placed) })
}

/** Warns instead of throwing: a branch may lack what the main checkout has. */
export async function warnOfUnknownNames(run: ScopedRun): Promise<void> {
  // `env:` has been filled in already.
  const comparing = { plugins: run.scope.plugins, env: {}, signal: run.interrupt.first }
  const { problems } = await findUnknownNames(run.scope, comparing)
  run.forgetWarnings(place)
  for (const { path, message } of problems) {
    const warning: Warning = {
      code: 'CONFIG_NAME_UNKNOWN',
      message: `.piko.yml: ${pathText(path)}: ${message}`,
      hints: ['To check the file, run `piko config check`'],
    }
    run.warn(place, warning)
  }
}

/** No step has this id. */
const place = 'core:names'
