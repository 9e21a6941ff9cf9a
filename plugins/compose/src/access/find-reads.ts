import type { Access } from '@piko/sdk'
import { parse } from 'dotenv'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseComposeFile, type Reference } from './compose-file.js'
import { interpolate, settingOf } from './interpolate.js'
import { findOutside, type Place } from './outside.js'

export interface Start {
  /** The Compose files, and the folder that their relative paths are based on. */
  readonly files: readonly string[]
  readonly directory: string
  /** The variables that Compose fills in. */
  readonly variables: Readonly<Record<string, string>>
}

interface Reading {
  readonly place: Place
  readonly variables: Start['variables']
  /** Files read so far. */
  readonly seen: Set<string>
  /** The services of the project's files, as far as they were read. */
  readonly services: Set<string>
}

export interface Reads {
  readonly found: readonly Access[]
  readonly services: readonly string[]
}

/**
 * What Compose would open outside the checkout, or fetch, to read the project. Follows `include` and `extends` through
 * files that are inside.
 */
export async function findReads({ files, directory, variables }: Start, place: Place): Promise<Reads> {
  const reading: Reading = { place, variables, seen: new Set(), services: new Set() }
  const found: Access[] = []
  for (const file of files) found.push(...(await readsOf(file, { ...reading, base: directory })))
  return { found, services: [...reading.services] }
}

async function readsOf(
  file: string,
  reading: Reading & { readonly base: string },
): Promise<readonly Access[]> {
  const { place, seen, base } = reading
  const key = `${base}\0${file}`
  if (seen.has(key)) return []
  seen.add(key)
  const outside = await findOutside(file, { base: place.worktree, place })
  if (outside !== undefined)
    return [{ kind: 'file', message: `The Compose files are ${outside}`, when: 'reading' }]
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return [] // Compose reports a missing file
  const references = await Promise.all(
    parsed(file, { text, services: reading.services }).map(async reference =>
      'message' in reference ? [reference] : await follow(reference, { ...reading, file }),
    ),
  )
  return references.flat()
}

/** A file that piko cannot check is not one that reaches nothing. */
function parsed(
  file: string,
  { text, services }: { readonly text: string; readonly services: Set<string> },
): readonly (Reference | Access)[] {
  try {
    const content = parseComposeFile(text)
    for (const service of content.services) services.add(service)
    return content.references
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    return [{ kind: 'unreadable', message: `${file} cannot be checked: ${why ?? ''}`, when: 'reading' }]
  }
}

interface Following extends Reading {
  readonly file: string
  readonly base: string
}

async function follow(reference: Reference, following: Following): Promise<readonly Access[]> {
  const { place, variables, base } = following
  const path = interpolate(reference.path, variables)
  if (path === undefined || path.includes('$')) return [uncertain(reference, reference.path, following)]
  if (isFetched(reference, path)) return [{ ...accessTo(reference, path), kind: 'remote', when: 'fetching' }]
  const outside = await findOutside(path, { base, place })
  if (outside !== undefined) return [accessTo(reference, outside)]
  const doubt: readonly Access[] = reference.path.includes('$')
    ? [{ ...accessTo(reference, `${reference.path}, which is ${path}`), isUncertain: true }]
    : []
  return [...doubt, ...(await inside(reference, { ...following, path: resolve(base, path) }))]
}

/** Reads on in a file of the checkout. */
async function inside(
  reference: Reference,
  following: Following & { readonly path: string },
): Promise<readonly Access[]> {
  const { path, base } = following
  if (reference.kind === 'extends') {
    const services = new Set<string>() // they are only bases of others
    return readsOf(path, { ...following, services, base: dirname(path) })
  }
  if (reference.kind !== 'include') return []
  const written = reference.directory ?? dirname(path)
  const given = interpolate(written, following.variables)
  if (given === undefined || given.includes('$')) return [uncertain(reference, written, following)]
  const directory = resolve(base, given)
  const own = reference.envFiles?.length ? reference.envFiles : [join(directory, '.env')]
  const { found, variables } = await readOwnVariables(own, following)
  return [...found, ...(await readsOf(path, { ...following, variables, base: directory }))]
}

/** An included project has variables of its own, which the including one's override. */
async function readOwnVariables(files: readonly string[], { place, base, variables }: Following) {
  const found: Access[] = []
  const own: Record<string, string> = {}
  for (const file of files) {
    const path = interpolate(file, variables)
    if (path === undefined || path.includes('$')) {
      found.push(uncertain({ kind: 'include', path: file }, file, { variables }))
      continue
    }
    const outside = await findOutside(path, { base, place })
    if (outside !== undefined)
      found.push({ kind: 'file', message: `An include reads the variables in ${outside}`, when: 'reading' })
    else Object.assign(own, parse(await readFile(resolve(base, path)).catch(() => '')))
  }
  return { found, variables: { ...own, ...variables } }
}

function uncertain(reference: Reference, path: string, { variables }: Pick<Reading, 'variables'>): Access {
  return { ...accessTo(reference, `${path} with ${settingOf(path, variables)}`), isUncertain: true }
}

/** A superset of what Compose takes for an address of a git repository or an OCI artifact. */
function isFetched({ kind }: Reference, path: string): boolean {
  return (kind === 'include' || kind === 'extends') && /:|^github\.com\//.test(path)
}

function accessTo({ kind, service = '' }: Reference, what: string): Access & { when: 'reading' } {
  switch (kind) {
    case 'include':
      return { kind: 'file', message: `The Compose files include ${what}`, when: 'reading' }
    case 'extends':
      return { kind: 'file', message: `Service ${service} extends ${what}`, service, when: 'reading' }
    case 'env_file':
      return {
        kind: 'env-file',
        message: `Service ${service} reads the env file ${what}`,
        service,
        when: 'reading',
      }
    case 'label_file':
      return {
        kind: 'env-file',
        message: `Service ${service} reads the label file ${what}`,
        service,
        when: 'reading',
      }
  }
}
