import { tableLines } from '@piko/sdk'
import type { Registry } from '../store/registries.js'

/** The token is never shown, not even encrypted. */
export function registryJson({ id, name, url, user, token, createdAt }: Registry) {
  return { id, name, url, user, hasToken: token !== null, createdAt }
}

export function registryLines(all: readonly Registry[]): readonly string[] {
  const rows = all.map(({ name, url, user, token }) => [name, url, user ?? '', token === null ? 'no' : 'yes'])
  return tableLines(['Name', 'Url', 'User', 'Token'], rows)
}
