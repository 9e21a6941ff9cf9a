import { posix } from 'node:path'
import type { Entry } from './entry.js'

/** The symbolic links of one volume in an archive: each may lead through others. */
export interface Links {
  add(entry: Entry): void
  /** The link that an entry would be written through; there is none in what tar reads from a volume. */
  above(name: string): string | undefined
  /** `name → target` of those that lead out of the folder. */
  leaving(): readonly string[]
}

/** `folder`: the volume's folder in the archive. */
export function collectLinks(folder: string): Links {
  const targets = new Map<string, string>()
  return {
    add({ kind, name, target }) {
      if (kind === 'symbolic link') targets.set(plain(name), target)
    },
    above(name) {
      if (targets.size === 0) return undefined
      const parts = plain(name).split('/')
      const folders = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'))
      return folders.find(each => targets.has(each))
    },
    leaving: () =>
      [...targets].flatMap(([name, target]) =>
        leaves(name, { folder, targets }) ? [`${name} → ${target}`] : [],
      ),
  }
}

/** As many as Linux follows. */
const maxHops = 40

/** Follows a link through all others, as the kernel would. One that goes in circles leads nowhere. */
function leaves(
  name: string,
  { folder, targets }: { readonly folder: string; readonly targets: ReadonlyMap<string, string> },
): boolean {
  const depth = folder.split('/').length
  let place = name.split('/').slice(0, -1)
  let ahead = [name.split('/').at(-1) ?? '']
  for (let hops = 0; ahead.length > 0 && hops <= maxHops;) {
    const [part = '', ...rest] = ahead
    ahead = rest
    place = part === '..' ? place.slice(0, -1) : part === '.' || part === '' ? place : [...place, part]
    if (place.length < depth) return true
    const target = targets.get(place.join('/'))
    if (target === undefined) continue
    if (target.startsWith('/')) return true
    hops += 1
    place = place.slice(0, -1)
    ahead = [...target.split('/'), ...ahead]
  }
  return false
}

function plain(name: string): string {
  return posix.normalize(name).replace(/\/$/, '')
}
