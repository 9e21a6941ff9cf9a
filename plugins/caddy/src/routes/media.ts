import type { EnvironmentContext, Json } from '@piko/sdk'
import type { Model, Override } from '@piko/plugin-compose/contract'
import { type Container, labelsOf, ownerOf } from '@piko/plugin-compose/contract/engine'
import { join } from 'node:path'
import type { CaddyConfig } from '../config.js'
import { routeErrors } from '../errors/routes.js'
import { chooseServices } from './choose.js'

/**
 * The service that serves the files of `caddy.media`. It runs in the environment, so that the proxy does not mount
 * anyone's files.
 */
const MEDIA_SERVICE = 'piko-media'
const MEDIA_PORT = 80

/** The Compose service for `caddy.media`: a Caddy that mounts the folders and volumes read-only. */
export function mediaOverride(context: EnvironmentContext<CaddyConfig>, model: Model): Override | undefined {
  const { media, image } = context.config
  const [first] = chooseServices(model, context.config)
  if (Object.keys(media).length === 0 || !first) return undefined
  const networks = Object.keys(model.services[first.service]?.networks ?? {})
  return {
    services: {
      [MEDIA_SERVICE]: {
        image,
        command: ['caddy', 'file-server', '--root', '/media', '--listen', `:${MEDIA_PORT}`],
        networks,
        volumes: Object.entries(media).map(([path, source]) => mountOf(context, { path, source, model })),
        labels: labelsOf(ownerOf(context)),
      },
    },
  }
}

/** The upstreams of media files, by path. Empty if nothing serves them. */
export function mediaUpstreams(
  containers: readonly Container[],
  { media }: CaddyConfig,
): Readonly<Record<string, string>> {
  const server = containers.find(({ service }) => service === MEDIA_SERVICE)
  if (!server) return {}
  return Object.fromEntries(
    Object.keys(media).map(path => [path.replace(/\/+$/, ''), upstreamOf(server, MEDIA_PORT)]),
  )
}

/** Docker resolves the short id on every network of the container. */
export function upstreamOf({ id }: Pick<Container, 'id'>, port: number): string {
  return `${id.slice(0, 12)}:${port}`
}

/** The served folders of the worktree. Compose would create missing ones as root. */
export function mediaFolders(worktree: string, { media }: CaddyConfig): readonly string[] {
  return Object.values(media).flatMap(source => (isFolder(source) ? [join(worktree, source)] : []))
}

function mountOf(
  context: EnvironmentContext<CaddyConfig>,
  { path, source, model }: { readonly path: string; readonly source: string; readonly model: Model },
): Json {
  const target = join('/media', path)
  if (isFolder(source))
    return { type: 'bind', source: join(context.environment.path, source), target, read_only: true }
  if (!model.volumes[source])
    throw routeErrors.CADDY_MEDIA_UNKNOWN({ source, volumes: Object.keys(model.volumes) })
  return { type: 'volume', source, target, read_only: true }
}

export function isFolder(source: string): boolean {
  return source === '.' || source.startsWith('./')
}
