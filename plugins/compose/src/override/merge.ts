import type { Filled, Json } from '@piko/sdk'
import { isDeepStrictEqual } from 'node:util'
import type { Override } from '../contract.js'
import { overrideErrors } from '../errors/override.js'
import { asTagged, isRecord } from './tagged.js'

/** Merges mappings by key and mounts by target, as Compose does. Everything else, and anything tagged, is replaced. */
export function mergeOverrides(overrides: readonly Override[]): Override {
  return overrides.reduce<Override>((merged, next) => mergeTwo(merged, next), {})
}

/** The same for plugins' contributions. Throws if two of them differ on one key. */
export function mergeFilled(filled: readonly Filled<Override>[]): Override {
  const authors = new Map<string, string>()
  for (const { plugin, value } of filled) claimPaths(value, { plugin, authors, all: filled })
  return mergeOverrides(filled.map(({ value }) => value))
}

/** Services that a fragment removes from the project. */
export function removedServices(fragment: Override): ReadonlySet<string> {
  const services = fragment['services']
  if (!isRecord(services)) return new Set()
  const removed = Object.entries(services).filter(([, value]) => asTagged(value)?.$tag === '!reset')
  return new Set(removed.map(([name]) => name))
}

/** Engine names that a fragment assigns to networks or volumes, by key. */
export function assignedNames(fragment: Override, kind: 'networks' | 'volumes'): ReadonlyMap<string, string> {
  const section = fragment[kind]
  const names = new Map<string, string>()
  if (!isRecord(section)) return names
  for (const [key, value] of Object.entries(section)) {
    const plain = asTagged(value)?.$value ?? value
    const name = isRecord(plain) ? plain['name'] : undefined
    if (typeof name === 'string') names.set(key, name)
  }
  return names
}

function mergeTwo(left: Override, right: Override): Override {
  const merged: Record<string, Json> = { ...left }
  for (const [key, value] of Object.entries(right)) {
    const old = merged[key]
    merged[key] = mergeValue(old, value)
  }
  return merged
}

function mergeValue(old: Json | undefined, value: Json): Json {
  if (old === undefined) return value
  if (isPlain(old) && isPlain(value)) return mergeTwo(old, value)
  return isMounts(old) && isMounts(value) ? mergeMounts(old, value) : value
}

type Mounts = readonly { readonly target: string; readonly [key: string]: Json }[]

function isMounts(value: Json): value is Mounts {
  return (
    Array.isArray(value) &&
    value.every(
      entry => isRecord(entry) && entry['type'] !== undefined && typeof entry['target'] === 'string',
    )
  )
}

function mergeMounts(old: Mounts, value: Mounts): Mounts {
  const targets = new Set(value.map(({ target }) => target))
  return [...old.filter(({ target }) => !targets.has(target)), ...value]
}

function isPlain(value: Json): value is Override {
  return isRecord(value) && asTagged(value) === undefined
}

interface Claiming {
  readonly plugin: string
  readonly authors: Map<string, string>
  readonly all: readonly Filled<Override>[]
}

function claimPaths(value: Json, claiming: Claiming, path: readonly string[] = []): void {
  if (isPlain(value)) {
    for (const [key, inner] of Object.entries(value)) claimPaths(inner, claiming, [...path, key])
    return
  }
  const { authors, plugin, all } = claiming
  const at = path.join('.')
  const author = authors.get(at) ?? plugin
  const others = all.find(filled => filled.plugin === author)
  if (author !== plugin && !isDeepStrictEqual(valueAt(others?.value, path), value)) {
    throw overrideErrors.COMPOSE_OVERRIDE_CONFLICT({ path: at, plugins: [author, plugin] })
  }
  authors.set(at, author)
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => (isRecord(at) ? at[key] : undefined), value)
}
