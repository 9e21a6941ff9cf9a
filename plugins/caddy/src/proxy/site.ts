import type { Changes } from '@piko/sdk'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Ports } from '../contract.js'
import { rangesOf } from './ranges.js'
import { digestLabel, proxyLabels } from './engine.js'
import { composeFile, proxyNetwork, proxyProject, siteFolder } from './place.js'
import { writeReadable } from './readable.js'

/** The proxy's configuration, pages and Compose file. */
export interface Site {
  readonly ports: Ports
  readonly image: string
  readonly subnet: string
}

const assets = fileURLToPath(new URL('../../site', import.meta.url))
const names = ['Caddyfile', 'lookup.html', 'outside.html', 'allow.html', 'page.html']

/** A digest of everything that requires a restart when it changes. */
export async function digestOf({ ports, image }: Pick<Site, 'ports' | 'image'>): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([ports, image, siteFolder(), confined]))
  for (const text of await readAssets()) hash.update(text)
  return hash.digest('hex').slice(0, 16)
}

export async function writeSite(files: Pick<Changes, 'writeFile'>, site: Site): Promise<void> {
  const digest = await digestOf(site)
  const texts = await readAssets()
  for (const [index, name] of names.entries())
    await writeReadable(files, join(siteFolder(), name), texts[index] ?? '')
  const main = { digest, http: site.ports.http, https: site.ports.https, ranges: rangesOf([site.subnet]) }
  await writeReadable(files, join(siteFolder(), 'routes', 'main.json'), `${JSON.stringify(main)}\n`)
  await files.writeFile(composeFile(), `${JSON.stringify(composeModel(site, digest), null, 2)}\n`)
}

/** Removes the files but keeps the routes, which belong to the environments. */
export async function removeSite({ remove }: Pick<Changes, 'remove'>): Promise<void> {
  await remove(composeFile())
  for (const name of names) await remove(join(siteFolder(), name))
  await remove(join(siteFolder(), 'routes', 'main.json'))
}

function readAssets(): Promise<readonly string[]> {
  return Promise.all(names.map(name => readFile(join(assets, name), 'utf8')))
}

/**
 * What the proxy's container may do: read its files, write to its certificates, and listen on its ports. `/config`, a
 * volume in the image, would otherwise be an anonymous one.
 */
const confined = {
  read_only: true,
  tmpfs: ['/run', '/config', '/tmp'],
  cap_drop: ['ALL'],
  cap_add: ['NET_BIND_SERVICE'],
  security_opt: ['no-new-privileges:true'],
  sysctls: { 'net.ipv4.ip_forward': '0' },
}

/** On loopback, with the same ports inside as outside, so that containers can use the same URLs as people. */
function composeModel({ ports, image, subnet }: Site, digest: string) {
  const labels = proxyLabels()
  const publish = (port: number) => `127.0.0.1:${port}:${port}`
  return {
    services: {
      caddy: {
        image,
        command: ['caddy', 'run', '--config', '/piko/Caddyfile', '--adapter', 'caddyfile'],
        restart: 'unless-stopped',
        environment: { PIKO_HTTP_PORT: String(ports.http), PIKO_HTTPS_PORT: String(ports.https) },
        ports: [publish(ports.http), publish(ports.https)],
        volumes: [
          { type: 'bind', source: escaped(siteFolder()), target: '/piko', read_only: true },
          { type: 'volume', source: 'data', target: '/data' },
        ],
        ...confined,
        logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '2' } },
        labels: { ...escapedValues(labels), [digestLabel]: digest },
      },
    },
    networks: {
      default: { name: proxyNetwork(), labels: escapedValues(labels), ipam: { config: [{ subnet }] } },
    },
    volumes: { data: { name: `${proxyProject()}-data`, labels: escapedValues(labels) } },
  }
}

/** Compose would read `$` as the start of a variable. */
function escaped(text: string): string {
  return text.replaceAll('$', '$$$$')
}

function escapedValues(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, escaped(value)]))
}
