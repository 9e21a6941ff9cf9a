import { isAbsolute, relative } from 'node:path'
import type { Place } from '../contract.js'
import type { Definition, Files } from './files.js'
import { labelsOf, type Owner } from './labels.js'

/** A mount in Compose's long form. */
export type Mount = {
  readonly type: string
  readonly source?: string
  readonly target: string
  readonly read_only?: boolean
}

/** A released image has its files, so the checkout's are not mounted over them. */
export function mountsOf(
  { volumes }: Definition,
  {
    isReleased,
    root,
    more,
  }: { readonly isReleased: boolean; readonly root: string; readonly more: readonly string[] },
): readonly Mount[] {
  const given = (volumes ?? []) as unknown as readonly Mount[] // `compose config` writes the long form
  const kept = given.filter(
    ({ type, source = '' }) => !(isReleased && type === 'bind' && isInside(root, source)),
  )
  return [...kept, ...more.map(mountOf)]
}

/** Two containers must not write to the same files at once. */
export function takesTurns(mounts: readonly Mount[]): boolean {
  return mounts.some(
    ({ type, read_only: isReadOnly }) => (type === 'volume' || type === 'bind') && !isReadOnly,
  )
}

/** The volumes that these services use, under the stage's own names; external ones keep theirs. */
export function namedVolumes(
  definitions: readonly Definition[],
  { files, place, owner }: { readonly files: Files; readonly place: Place; readonly owner: Owner },
): Definition {
  const mounts = definitions.flatMap(({ volumes }) => (volumes ?? []) as unknown as readonly Mount[]) // from `mountsOf`
  const used = mounts.flatMap(({ type, source }) =>
    type === 'volume' && source !== undefined ? [source] : [],
  )
  return Object.fromEntries(
    [...new Set(used)].map(key => {
      const volume = files.volumes[key] ?? {}
      if (volume['external'] === true) return [key, volume]
      const labels = { ...(volume['labels'] as Definition | undefined), ...labelsOf(owner) }
      return [key, { ...volume, name: `${place.project}_${key}`, labels }]
    }),
  )
}

function mountOf(text: string): Mount {
  const [source = '', target = ''] = text.split(':')
  return { type: isAbsolute(source) ? 'bind' : 'volume', source, target }
}

function isInside(root: string, path: string): boolean {
  const inside = relative(root, path)
  return !inside.startsWith('..') && !isAbsolute(inside)
}
