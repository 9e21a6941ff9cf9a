import { createHash } from 'node:crypto'

/** Of a path, for the name of a volume: two paths never have one. */
export function pathSlug(path: string): string {
  const plain = path.replaceAll(/[^A-Za-z0-9._-]+/g, '-')
  if (plain === path) return plain
  return `${plain}-${createHash('sha256').update(path).digest('hex').slice(0, 6)}`
}
