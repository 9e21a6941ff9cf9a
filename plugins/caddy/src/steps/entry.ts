import { defineStep, leadsOutside, type StepContext } from '@piko/sdk'
import { mkdir } from 'node:fs/promises'
import type { CaddyConfig } from '../config.js'
import { type Routed, type Routes, routesFact } from '../contract.js'
import { routeErrors } from '../errors/routes.js'
import {
  type Entry,
  type EntryService,
  hostsOf,
  keyOf,
  readEntry,
  removeEntry,
  writeEntry,
} from '../routes/files.js'
import { mediaFolders } from '../routes/media.js'

type Context = StepContext<CaddyConfig>
type Receipt = { readonly key: string; readonly hosts: readonly string[] }

/** The environment's lookup file for the proxy. `down` keeps it, so that a stopped environment gets its page. */
export const entry = defineStep<CaddyConfig, Receipt>({
  id: 'caddy:entry',
  title: 'Writing the route',
  undoTitle: 'Removing generated files',
  phase: 'prepare',

  async do(context, before) {
    const key = keyOf(context)
    const routes = context.fact(routesFact)
    if (!routes || routes.services.length === 0) {
      await removeEntry(context, key, before?.hosts ?? [])
      return { key, hosts: [] }
    }
    await makeMediaFolders(context)
    const value = await makeEntry(context, { key, routes })
    await writeEntry(context, key, value)
    return { key, hosts: [...hostsOf(value).keys()] }
  },

  async undo(context, receipt) {
    await removeEntry(context, receipt?.key ?? keyOf(context), receipt?.hosts ?? [])
  },
})

/** A folder that the branch has as a link to elsewhere is not served. */
async function makeMediaFolders({ environment, config }: Context): Promise<void> {
  for (const folder of mediaFolders(environment.path, config)) {
    if (await leadsOutside(environment.path, folder)) throw routeErrors.CADDY_MEDIA_LEAVES({ folder })
    await mkdir(folder, { recursive: true })
  }
}

interface Making {
  readonly key: string
  readonly routes: Routes
}

/** Keeps routes to running containers while the names are rewritten. */
async function makeEntry(context: Context, { key, routes }: Making): Promise<Entry> {
  const { project, environment } = context
  const before = await readEntry(key)
  const services = routes.services.map(routed => {
    return [routed.service, serviceOf(routed, before?.services[routed.service])] as const
  })
  return {
    project: project.name,
    environment: environment.name,
    branch: environment.branch,
    root: project.root,
    path: environment.path,
    state: before?.state === 'up' ? 'up' : 'starting',
    host: routes.host,
    services: Object.fromEntries(services),
    networks: before?.networks ?? [],
    ranges: before?.ranges ?? [],
  }
}

function serviceOf({ host, port, health }: Routed, old: EntryService | undefined): EntryService {
  const isSame = old?.port === port
  return {
    host,
    port,
    ...(health === undefined ? {} : { health }),
    upstreams: isSame ? old.upstreams : [],
    names: isSame ? old.names : [],
    gated: isSame ? old.gated : false,
    media: isSame ? old.media : {},
  }
}
