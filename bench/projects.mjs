// The Compose projects of the bench: images that end at once when they are told to, and ports of which any will do.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const SHOP = join(import.meta.dirname, '../examples/shop')

/** web, db and cache, with ports, a volume and a network of their own. */
export function threeServices() {
  return `services:
  web:
    image: nginx:alpine
    ports: ["80"]
    depends_on: [db, cache]
  db:
    image: redis:7
    ports: ["6379"]
    volumes: [data:/data]
  cache:
    image: redis:7
volumes:
  data:
`
}

/** The example: a project as people have it, whose services wait for each other. */
export function shop() {
  const paths = readdirSync(SHOP, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map(path => [relative(SHOP, path), readFileSync(path, 'utf8')]))
}

export function elevenServices() {
  const services = Array.from({ length: 11 }, (_, index) => `  service-${index + 1}:\n    image: redis:7\n`)
  return `services:\n${services.join('')}`
}
