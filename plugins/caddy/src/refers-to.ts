import type { NameReference } from '@piko/sdk'
import type { CaddyConfig } from './config.js'
import { isFolder } from './routes/media.js'

/** The services that get names, and the volumes whose files are served. */
export function refersTo({ services = {}, media }: CaddyConfig): readonly NameReference[] {
  return [
    ...Object.keys(services).map((name): NameReference => {
      return { kind: 'compose.service', name, path: ['services', name] }
    }),
    ...Object.entries(media).flatMap(([path, name]): readonly NameReference[] =>
      isFolder(name) ? [] : [{ kind: 'compose.volume', name, path: ['media', path] }],
    ),
  ]
}
