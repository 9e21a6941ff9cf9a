import { registryErrors } from '../errors/registries.js'
import { optional, text } from './columns.js'
import { defineTable, type Reading, type Row } from './table.js'

const columns = {
  name: text('name'),
  url: text('url'),
  user: optional(text('user')),
  /** Sealed. */
  token: optional(text('token')),
}

export type Registry = Row<typeof columns>

export const registries = defineTable({
  name: 'deploy_registries',
  columns,
  notFound: id => registryErrors.DEPLOY_REGISTRY_UNKNOWN({ name: id, known: [] }),
})

export function requireRegistry(context: Reading, name: string): Registry {
  const [found] = registries.where(context, 'name', name)
  if (found) return found
  throw registryErrors.DEPLOY_REGISTRY_UNKNOWN({ name, known: registries.all(context).map(one => one.name) })
}
