import { detailsOf, type ExecResult } from '@piko/sdk'
import { stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { composeArgs, composeOptions, lookDocker, type Looking } from '../docker.js'
import { fileErrors } from '../errors/files.js'
import { overrideText } from '../override/text.js'
import { findMalformed } from '../validation/port-syntax.js'
import { digestsOf } from '../model/digests.js'
import { hasOutside } from '../model/leaving.js'
import type { Digests, Invocation, Selection } from '../contract.js'
import { parseDraft, parseProject, type RawProject } from '../model/raw.js'

/** The project as Compose resolves it. Needs no engine. */
export interface Resolved {
  /** The services of the active profiles. */
  readonly active: RawProject
  /** With every profile, or the same as `active` if Compose cannot resolve that. */
  readonly whole: RawProject
  /** Why Compose could not resolve every profile. */
  readonly wholeFailure?: readonly string[]
  /** `whole` with its paths as written in the files. Set only if a path is outside the worktree. */
  readonly written?: RawProject
  /** Digests of the services in `active`. */
  readonly digests: Digests
  /** Variables of the files that have no value. */
  readonly unset: readonly string[]
}

export async function fetchProject(
  context: Looking,
  invocation: Invocation,
  { worktree, selection }: { readonly worktree: string; readonly selection?: Selection | undefined },
): Promise<Resolved> {
  const resolved = selection
    ? await fetchSelected(context, invocation, selection)
    : await fetchBoth(context, invocation)
  if (!hasOutside(resolved.whole, worktree)) return resolved
  const profiles = resolved.wholeFailure ? invocation.profiles : ['*']
  const options = { words: ['--no-path-resolution'], profiles, selection }
  return { ...resolved, written: parseProject((await fetchConfig(context, invocation, options)).stdout) }
}

/** With a selection, Compose does not see the services left out, so that their errors and variables do not count. */
async function fetchSelected(
  context: Looking,
  invocation: Invocation,
  selection: Selection,
): Promise<Resolved> {
  const { profiles } = invocation
  const { stdout, stderr } = await fetchConfig(context, invocation, { profiles, selection }).catch(
    async (cause: unknown) => {
      throw await diagnose(context, invocation, { cause, selection })
    },
  )
  const active = parseProject(stdout)
  const names = unsetVariables(stderr)
  const unset = names.length === 0 ? [] : await usedBySelection(context, invocation, { names, selection })
  const read = { active, digests: digestsOf(stdout), unset }
  if (selection.inactive.length === 0) return { ...read, whole: active }
  const all = await fetchConfig(context, invocation, { profiles: ['*'], selection }).catch(
    (cause: unknown) => ({ cause }),
  )
  if ('cause' in all) return { ...read, whole: active, wholeFailure: lastLines(all.cause) }
  return { ...read, whole: parseProject(all.stdout) }
}

/** Compose warns about every service's variables before it drops any. If piko cannot tell them apart, all count. */
async function usedBySelection(
  context: Looking,
  invocation: Invocation,
  { names, selection }: { readonly names: readonly string[]; readonly selection: Selection },
): Promise<readonly string[]> {
  const options = { profiles: invocation.profiles, words: ['--no-interpolate'], selection }
  const draft = await fetchConfig(context, invocation, options).catch(() => undefined)
  return names.filter(name => !draft || new RegExp(`[$]{?${name}\\b`).test(draft.stdout))
}

/** Runs Compose a second time only if a service has a profile, or if not all services can be resolved together. */
async function fetchBoth(context: Looking, invocation: Invocation): Promise<Resolved> {
  const all = await fetchConfig(context, invocation, { profiles: ['*'] }).catch((cause: unknown) => ({
    cause,
  }))
  const whole = 'cause' in all ? undefined : parseProject(all.stdout)
  if (whole && !('cause' in all) && !hasProfiles(whole)) {
    return { active: whole, whole, digests: digestsOf(all.stdout), unset: unsetVariables(all.stderr) }
  }
  const { profiles } = invocation
  const active = await fetchConfig(context, invocation, { profiles }).catch(async (cause: unknown) => {
    throw await diagnose(context, invocation, { cause })
  })
  const read = {
    active: parseProject(active.stdout),
    digests: digestsOf(active.stdout),
    unset: unsetVariables(active.stderr),
  }
  if (whole) return { ...read, whole }
  return { ...read, whole: read.active, wholeFailure: 'cause' in all ? lastLines(all.cause) : [] }
}

function hasProfiles({ services }: RawProject): boolean {
  return Object.values(services).some(({ profiles }) => (profiles ?? []).length > 0)
}

/** The project merged with more files, with every profile that can be resolved. */
export async function fetchMerged(
  context: Looking,
  invocation: Invocation,
  merging: { readonly file: string; readonly profiles: readonly string[] },
): Promise<RawProject> {
  const args = [...composeArgs(invocation, [merging.file]), 'config', '--format', 'json'] as const
  const { stdout } = await lookDocker(context, args, composeOptions(invocation, merging.profiles))
  return parseProject(stdout)
}

/** JSON of each service as written in the files, variables not interpolated. Needs no engine. */
export async function fetchWritten(
  context: Looking,
  invocation: Invocation,
): Promise<Readonly<Record<string, string>>> {
  const words = ['--no-interpolate']
  const { stdout } = await fetchConfig(context, invocation, { profiles: invocation.profiles, words })
  const { services } = parseDraft(stdout)
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [name, JSON.stringify(service)]),
  )
}

interface ConfigOptions {
  readonly profiles: readonly string[]
  readonly words?: readonly string[]
  readonly selection?: Pick<Selection, 'layer' | 'environment'> | undefined
}

/** Runs `docker compose config` with the selection's layer over the files. */
export function fetchConfig(
  context: Looking,
  invocation: Invocation,
  { profiles, words = [], selection }: ConfigOptions,
): Promise<ExecResult> {
  const layers = selection ? ['-'] : []
  const args = [...composeArgs(invocation, layers), 'config', ...words, '--format', 'json'] as const
  const input = selection && overrideText(selection.layer, selection)
  return lookDocker(context, args, {
    ...composeOptions(invocation, profiles),
    ...(input === undefined ? {} : { input }),
  })
}

/** Compose says so only in prose: in its JSON, an unset `${X}` looks the same as `${X:-}`. */
function unsetVariables(stderr: string): readonly string[] {
  const names = [...stderr.matchAll(/The \\?"([^"\\]+)\\?" variable is not set/g)].map(
    ([, name]) => name ?? '',
  )
  return [...new Set(names)].filter(name => !name.startsWith('PIKO_')).sort()
}

/** Compose does not name the service of a missing env file or a malformed port, so piko searches for it. */
async function diagnose(
  context: Looking,
  invocation: Invocation,
  { cause, selection }: { readonly cause: unknown; readonly selection?: Selection },
): Promise<unknown> {
  const details = detailsOf(cause)
  if (details === undefined || details.code !== 'TOOL_FAILED') return cause
  const files = invocation.files.map(file => relative(invocation.directory, file))
  const args = [...composeArgs(invocation), 'config', '--no-interpolate', '--format', 'json'] as const
  const draft = await lookDocker(context, args, composeOptions(invocation)).catch(() => undefined)
  if (draft) {
    for (const [service, { env_file, ports }] of Object.entries(parseDraft(draft.stdout).services)) {
      if (selection?.unselected.includes(service)) continue
      for (const { path, required } of env_file ?? []) {
        const isMissing = !path.includes('$') && (await stat(path).catch(() => undefined)) === undefined
        if (isMissing && required !== false) {
          return fileErrors.COMPOSE_ENV_FILE_MISSING({
            file: path,
            service,
            because: `${files.join(', ')} names it`,
          })
        }
      }
      for (const port of ports ?? []) {
        const malformed = findMalformed(textOf(port), { files, service })
        if (malformed) return malformed
      }
    }
  }
  return fileErrors.COMPOSE_INVALID({ files, details: lastLines(cause), cause })
}

/** With `--no-interpolate` a port stays as written: a number, a text or, in the long form, a mapping. */
function textOf(port: unknown): string {
  if (typeof port !== 'object' || port === null) return String(port)
  const { target, published = '', protocol = 'tcp' } = port as Readonly<Record<string, unknown>>
  return `${String(published)}:${String(target)}/${String(protocol)}`
}

function lastLines(error: unknown): readonly string[] {
  return (detailsOf(error)?.details ?? [String(error)]).filter(
    line => line !== '' && !/level=warning/.test(line),
  )
}
