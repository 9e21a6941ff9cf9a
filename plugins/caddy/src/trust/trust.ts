import { type Changes, detailsOf, type Host } from '@piko/sdk'
import type { CaddyConfig } from '../config.js'
import { addToBrowser, findBrowserStores, removeFromBrowser } from './browsers.js'
import { fetchRoot, rootFile } from './root.js'
import { addToSystem, findSystemStore, removeFromSystem } from './system.js'

export interface Trusted {
  readonly certificate: string
  readonly stores: readonly string[]
  readonly skipped: readonly { readonly store: string; readonly because: string }[]
}

const SYSTEM = 'the system'

/** Adds the root certificate to all stores of this machine. A store that cannot be written does not stop the others. */
export function trustRoot(host: Host): Promise<Trusted> {
  return host.changeProject<CaddyConfig, Trusted>('caddy', async context => {
    const certificate = await fetchRoot(context)
    const system = findSystemStore()
    const done: string[] = []
    const skipped: { store: string; because: string }[] = []
    const attempt = async (store: string, work: () => Promise<void>) => {
      try {
        await work()
        done.push(store)
      } catch (error) {
        if (context.signal.aborted) throw error
        skipped.push({ store, because: reasonOf(error) })
      }
    }
    if (system) await attempt(SYSTEM, () => addToSystem(context, system, certificate))
    else skipped.push({ store: SYSTEM, because: 'its store is not known' })
    for (const store of await findBrowserStores())
      await attempt(store.name, () => addToBrowser(context, store, certificate))
    return { certificate, stores: done, skipped }
  })
}

/** Removes it from all stores. */
export function untrustRoot(host: Host): Promise<Pick<Trusted, 'stores'>> {
  return host.changeProject<CaddyConfig, Pick<Trusted, 'stores'>>('caddy', async context => {
    const system = findSystemStore()
    const gone: string[] = []
    if (system && (await removeFromSystem(context, system))) gone.push(SYSTEM)
    for (const store of await findBrowserStores()) if (await isRemoved(context, store)) gone.push(store.name)
    await context.remove(rootFile())
    return { stores: gone }
  })
}

/** Without certutil, nothing can have been added. */
async function isRemoved(context: Changes, store: Parameters<typeof removeFromBrowser>[1]): Promise<boolean> {
  try {
    return await removeFromBrowser(context, store)
  } catch (error) {
    if (detailsOf(error)?.code === 'TOOL_MISSING') return false
    throw error
  }
}

function reasonOf(error: unknown): string {
  const details = detailsOf(error)
  if (details?.code === 'TOOL_MISSING') return 'certutil is not on the PATH (Debian: libnss3-tools)'
  return details?.message ?? String(error)
}
