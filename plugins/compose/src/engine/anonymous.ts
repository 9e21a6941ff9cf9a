import type { Changing, Looking } from '../docker.js'
import type { Owner } from '../labels.js'
import { anonymousVolumes, type Container, fetchOwnContainers } from './containers.js'
import { fetchVolumes, removeFreeVolumes } from './volumes.js'
import type { SiteContext } from '../site.js'

type Context = Looking & Pick<SiteContext, 'environment' | 'read' | 'transaction'>

/** Records the containers' anonymous volumes, since nothing refers to them once the containers are removed. */
export function recordAnonymous(context: Context, containers: readonly Container[]): void {
  const names = anonymousVolumes(containers)
  const sql = 'INSERT OR IGNORE INTO compose_anonymous_volumes (environment, name) VALUES (?, ?)'
  context.transaction(tables => {
    for (const name of names) tables.run(sql, context.environment.name, name)
  })
}

export function readAnonymous(context: Context): readonly string[] {
  const sql = 'SELECT name FROM compose_anonymous_volumes WHERE environment = ? ORDER BY name'
  return context.read(tables => tables.all(sql, context.environment.name)).map(row => String(row['name']))
}

export function forgetAnonymous(context: Context): void {
  const sql = 'DELETE FROM compose_anonymous_volumes WHERE environment = ?'
  context.transaction(tables => tables.run(sql, context.environment.name))
}

/** Removes recorded volumes whose containers are gone: no other container would ever mount them. */
export async function removeUnusedAnonymous(context: Context & Changing, owner: Owner): Promise<void> {
  const used = new Set(anonymousVolumes(await fetchOwnContainers(context, owner)))
  const unused = readAnonymous(context).filter(name => !used.has(name))
  const existing = (await fetchVolumes(context, unused)).map(({ name }) => name)
  await removeFreeVolumes(context, existing, () => undefined)
  await forgetGoneAnonymous(context)
}

/** Forgets volumes that were removed with their containers. */
export async function forgetGoneAnonymous(context: Context): Promise<void> {
  const existing = new Set((await fetchVolumes(context, readAnonymous(context))).map(({ name }) => name))
  const gone = readAnonymous(context).filter(name => !existing.has(name))
  const sql = 'DELETE FROM compose_anonymous_volumes WHERE environment = ? AND name = ?'
  context.transaction(tables => {
    for (const name of gone) tables.run(sql, context.environment.name, name)
  })
}
