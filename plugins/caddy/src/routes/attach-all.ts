import type { Changes, Context } from '@piko/sdk'
import { connect, fetchNetworks } from '@piko/plugin-compose/contract/engine'
import { existsSync } from 'node:fs'
import { fetchProxy } from '../proxy/engine.js'
import { hostsOf, readEntries, removeEntry } from './files.js'

type Here = Context<unknown> & Pick<Changes, 'exec' | 'writeFile' | 'remove'>

/**
 * Attaches a new proxy container to the networks of every running environment. Forgets networks that were removed by
 * hand.
 */
export async function attachAll(context: Here): Promise<void> {
  const proxy = await fetchProxy(context)
  if (!proxy) return
  for (const [key, entry] of await readEntries()) {
    if (!existsSync(entry.root)) {
      await removeEntry(context, key, [])
      continue
    }
    if (entry.state === 'stopped') continue
    const there = await fetchNetworks(context, entry.networks)
    for (const { name } of there)
      await connect(context, { network: name, container: proxy, aliases: [...hostsOf(entry).keys()] })
  }
}
