import type { NameReference } from '@piko/sdk'
import type { SharedConfig } from './config.js'

/** The Compose services that are shared. */
export function refersTo({ services }: SharedConfig): readonly NameReference[] {
  return Object.keys(services).map(name => ({ kind: 'compose.service', name, path: ['services', name] }))
}
