import { sep } from 'node:path'
import { environmentErrors } from '../errors/environment.js'
import { findNearest } from '../project/nearest.js'
import type { Database } from '../state/open.js'
import { type EnvironmentRecord, readEnvironments } from './record.js'

/** The environment with this name or branch. Throws `ENVIRONMENT_UNKNOWN` with the nearest name. */
export function requireEnvironment(state: Database, name: string): EnvironmentRecord {
  const records = readEnvironments(state)
  const found = findNamed(records, name)
  if (found) return found
  const known = records.map(record => record.name)
  throw environmentErrors.ENVIRONMENT_UNKNOWN({
    name,
    nearest: findNearest(name, known),
    hasOthers: known.length > 0,
  })
}

/** The environment with this name or, without a name, the one whose worktree contains the folder. */
export function requireEnvironmentAt(
  state: Database,
  name: string | undefined,
  folder: string,
): EnvironmentRecord {
  if (name !== undefined) return requireEnvironment(state, name)
  const records = readEnvironments(state)
  const here = findAround(records, folder)
  if (here) return here
  throw environmentErrors.ENVIRONMENT_UNNAMED({ example: records[0]?.name })
}

/**
 * Splits the words after a command. The first is the environment if one has that name; otherwise, inside a worktree, it
 * belongs to the rest. `--env` (`asked`) overrides this. A word that could be both is an error.
 */
export function splitTarget(
  state: Database,
  request: { readonly words: readonly string[]; readonly asked: string | undefined; readonly folder: string },
): { readonly record: EnvironmentRecord; readonly rest: readonly string[] } {
  const { words, asked, folder } = request
  if (asked !== undefined) return { record: requireEnvironment(state, asked), rest: words }
  const records = readEnvironments(state)
  const [first, ...rest] = words
  const named = first === undefined ? undefined : findNamed(records, first)
  const here = findAround(records, folder)
  if (named && here && first !== undefined && here.targets.includes(first)) {
    throw environmentErrors.TARGET_AMBIGUOUS({ word: first, here: here.name })
  }
  if (named) return { record: named, rest }
  if (here) return { record: here, rest: words }
  const owner = records.find(({ targets }) => first !== undefined && targets.includes(first))
  if (owner && first !== undefined)
    throw environmentErrors.ENVIRONMENT_IS_SERVICE({ word: first, environment: owner.name })
  return { record: requireEnvironmentAt(state, first, folder), rest }
}

/**
 * The project's only environment, unless the folder or the first word names one. An unknown word is taken as the name
 * of another.
 */
export function findOnly(
  state: Database,
  { words, folder }: { readonly words: readonly string[]; readonly folder: string },
): EnvironmentRecord | undefined {
  const records = readEnvironments(state)
  const [only, another] = records
  if (!only || another || findAround(records, folder)) return undefined
  const [first] = words
  if (first === undefined) return only
  const service = first.split('#')[0] ?? first
  return findNamed(records, first) === undefined && only.targets.includes(service) ? only : undefined
}

/** Whether `splitTarget` takes the first word as the environment's name, or refuses it. */
export function isNamed(
  state: Database,
  {
    word,
    folder,
    asked,
  }: { readonly word: string; readonly folder: string; readonly asked?: string | undefined },
): boolean {
  if (asked !== undefined || findOnly(state, { words: [word], folder })) return false
  try {
    return splitTarget(state, { words: [word], asked: undefined, folder }).rest.length === 0
  } catch {
    return true
  }
}

function findNamed(records: readonly EnvironmentRecord[], name: string): EnvironmentRecord | undefined {
  return records.find(record => record.name === name) ?? records.find(record => record.branch === name)
}

function findAround(records: readonly EnvironmentRecord[], folder: string): EnvironmentRecord | undefined {
  return records.find(({ path }) => folder === path || folder.startsWith(path + sep))
}
