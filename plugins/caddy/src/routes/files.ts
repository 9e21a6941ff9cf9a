import type { Changes } from '@piko/sdk'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { siteFolder } from '../proxy/place.js'
import { writeReadable } from '../proxy/readable.js'

/**
 * The proxy's lookup files. A host's file names its environment; the environment's file says where its services are.
 * Files are replaced atomically, so that a request sees either the old or the new state.
 */
const service = z.object({
  host: z.string(),
  /** `id:port`: a container can claim any name, but not another one's id. Empty if nothing is running. */
  upstreams: z.array(z.string()).readonly(),
  /** The names of those containers, for people and for when one was replaced. */
  names: z.array(z.string()).readonly().default([]),
  port: z.number(),
  health: z.string().optional(),
  /** The health path has not responded yet, so the proxy checks it before each request. */
  gated: z.boolean(),
  /** `id:port` of the container that serves media files, by path prefix. */
  media: z.record(z.string(), z.string()),
})

const entry = z.object({
  project: z.string(),
  environment: z.string(),
  branch: z.string(),
  root: z.string(),
  path: z.string(),
  state: z.enum(['starting', 'up', 'stopped']),
  host: z.string(),
  services: z.record(z.string(), service),
  /** Engine names of the environment's networks that the proxy is attached to. */
  networks: z.array(z.string()).readonly(),
  /** The first and last address of each subnet of those networks, as numbers. */
  ranges: z.array(z.tuple([z.number(), z.number()])).readonly(),
})

export type Entry = z.output<typeof entry>
export type EntryService = z.output<typeof service>
type Files = Pick<Changes, 'writeFile' | 'remove'>

export interface About {
  readonly project: { readonly name: string }
  readonly environment: { readonly name: string }
}

/** Project names are unique on a machine. */
export function keyOf({ project, environment }: About): string {
  return `${project.name}.${environment.name}`
}

/** The key of routes that belong to no environment; no environment's name has a dot. */
export function keyOfStage({ project, name }: { readonly project: string; readonly name: string }): string {
  return `${project}.stage.${name}`
}

export async function readEntry(key: string): Promise<Entry | undefined> {
  const text = await readFile(entryFile(key), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : entry.safeParse(JSON.parse(text)).data
}

/** All environments with names, by key. */
export async function readEntries(): Promise<ReadonlyMap<string, Entry>> {
  const keys = (await readdir(environments()).catch(() => [])).filter(name => !name.startsWith('.'))
  const found = await Promise.all(keys.sort().map(async key => [key, await readEntry(key)] as const))
  return new Map(found.flatMap(([key, value]) => (value ? [[key, value] as const] : [])))
}

/** Writes the environment's file before those of its hosts, and removes hosts that it no longer has. */
export async function writeEntry(files: Files, key: string, value: Entry): Promise<void> {
  const before = await readEntry(key)
  // Parsed, so that equal entries give equal text.
  await writeReadable(files, entryFile(key), `${JSON.stringify(entry.parse(value), null, 2)}\n`)
  const wanted = hostsOf(value)
  for (const [host, name] of wanted)
    await writeReadable(files, hostFile(host), `${JSON.stringify({ key, service: name })}\n`)
  const gone = before ? [...hostsOf(before).keys()].filter(host => !wanted.has(host)) : []
  for (const host of gone) await removeHost(files, { host, key })
}

/** Removes only files of this environment: another may have taken its names since. */
export async function removeEntry(files: Files, key: string, hosts: readonly string[]): Promise<void> {
  const before = await readEntry(key)
  const all = new Set([...hosts, ...(before ? hostsOf(before).keys() : [])])
  for (const host of all) await removeHost(files, { host, key })
  await files.remove(entryFile(key))
}

/** The service for each host. */
export function hostsOf({ host, services }: Entry): ReadonlyMap<string, string> {
  const all = Object.entries(services).map(([name, each]) => [each.host, name] as const)
  const first = Object.keys(services)[0]
  return new Map([...(first === undefined ? [] : [[host, first] as const]), ...all])
}

async function removeHost(files: Files, { host, key }: { readonly host: string; readonly key: string }) {
  const text = await readFile(hostFile(host), 'utf8').catch(() => undefined)
  const owner =
    text === undefined ? undefined : z.object({ key: z.string() }).safeParse(JSON.parse(text)).data
  if (owner?.key === key) await files.remove(hostFile(host))
}

function environments(): string {
  return join(siteFolder(), 'routes', 'environments')
}

function entryFile(key: string): string {
  return join(environments(), key)
}

function hostFile(host: string): string {
  return join(siteFolder(), 'routes', 'hosts', host)
}
