import { detailsOf } from '@piko/sdk'
import { stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { composeArgs, composeOptions, lookDocker, type Looking } from '../docker.js'
import { composeInvalid, envFileMissing } from '../errors.js'
import { findMalformed } from '../validation/port-syntax.js'
import { type Digests, digestsOf } from './digests.js'
import { hasOutside } from './leaving.js'
import type { Invocation } from './model.js'
import { parseDraft, parseProject, type RawProject } from './raw.js'

/** The project as Compose resolves it; no engine is needed. */
export interface Resolved {
  /** What runs with the profiles that are on. */
  readonly active: RawProject
  /** With every profile; the same as `active` where Compose cannot resolve that. */
  readonly whole: RawProject
  /** Why `whole` could not be had. */
  readonly unread?: readonly string[]
  /** `whole` with its paths as the files have them; only where a path is outside the worktree. */
  readonly written?: RawProject
  /** Of `active`. */
  readonly digests: Digests
  /** Variables of the files that have no value. */
  readonly unset: readonly string[]
}

export async function fetchProject(
  context: Looking,
  invocation: Invocation,
  worktree: string,
): Promise<Resolved> {
  const resolved = await fetchBoth(context, invocation)
  if (!hasOutside(resolved.whole, worktree)) return resolved
  const profiles = resolved.unread ? invocation.profiles : ['*']
  const options = { words: ['--no-path-resolution'], profiles }
  return { ...resolved, written: parseProject((await fetchConfig(context, invocation, options)).stdout) }
}

/** Compose is asked a second time only where a service has a profile, or where not all of them can be read together. */
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
    throw await diagnose(context, invocation, cause)
  })
  const read = {
    active: parseProject(active.stdout),
    digests: digestsOf(active.stdout),
    unset: unsetVariables(active.stderr),
  }
  if (whole) return { ...read, whole }
  return { ...read, whole: read.active, unread: 'cause' in all ? lastLines(all.cause) : [] }
}

function hasProfiles({ services }: RawProject): boolean {
  return Object.values(services).some(({ profiles }) => (profiles ?? []).length > 0)
}

/** The project with more files on top, under every profile that can be resolved. */
export async function fetchMerged(
  context: Looking,
  invocation: Invocation,
  merging: { readonly file: string; readonly profiles: readonly string[] },
): Promise<RawProject> {
  const args = [...composeArgs(invocation, [merging.file]), 'config', '--format', 'json']
  const { stdout } = await lookDocker(context, args, composeOptions(invocation, merging.profiles))
  return parseProject(stdout)
}

/** What services have in \`environment:\`, those of env files among it. */
export async function fetchSettings(
  context: Looking,
  invocation: Invocation,
): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const { stdout } = await fetchConfig(context, invocation, { profiles: invocation.profiles })
  const services = Object.entries(parseProject(stdout).services)
  return Object.fromEntries(services.map(([name, { environment }]) => [name, environment ?? {}]))
}

function fetchConfig(
  context: Looking,
  invocation: Invocation,
  { profiles, words = [] }: { readonly profiles: readonly string[]; readonly words?: readonly string[] },
) {
  const args = [...composeArgs(invocation), 'config', ...words, '--format', 'json']
  return lookDocker(context, args, composeOptions(invocation, profiles))
}

/** Compose says it in prose alone: its JSON does not tell `${X}`, which has no value, from `${X:-}`. */
function unsetVariables(stderr: string): readonly string[] {
  const names = [...stderr.matchAll(/The \\?"([^"\\]+)\\?" variable is not set/g)].map(
    ([, name]) => name ?? '',
  )
  return [...new Set(names)].filter(name => !name.startsWith('PIKO_')).sort()
}

/** Compose names neither the service of a missing env file nor that of a malformed port: piko looks for it. */
async function diagnose(context: Looking, invocation: Invocation, cause: unknown): Promise<unknown> {
  const details = detailsOf(cause)
  if (details === undefined || details.code !== 'TOOL_FAILED') return cause
  const files = invocation.files.map(file => relative(invocation.directory, file))
  const args = [...composeArgs(invocation), 'config', '--no-interpolate', '--format', 'json']
  const draft = await lookDocker(context, args, composeOptions(invocation)).catch(() => undefined)
  if (draft) {
    for (const [service, { env_file, ports }] of Object.entries(parseDraft(draft.stdout).services)) {
      for (const { path, required } of env_file ?? []) {
        const isMissing = !path.includes('$') && (await stat(path).catch(() => undefined)) === undefined
        if (isMissing && required !== false) {
          return envFileMissing({ file: path, service, because: `${files.join(', ')} names it` })
        }
      }
      for (const port of ports ?? []) {
        const malformed = findMalformed(textOf(port), { files, service })
        if (malformed) return malformed
      }
    }
  }
  return composeInvalid({ files, details: lastLines(cause), cause })
}

/** `--no-interpolate` leaves a port as it is: a number, a text or, in the long form, a mapping. */
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
