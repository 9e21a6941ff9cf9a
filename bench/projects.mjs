// The Compose projects of the bench: images that stop at once on request, and arbitrary ports.

import { join } from 'node:path'
import { ROOT } from '../build/test/sandbox/piko.js'
import { readFiles } from '../build/test/sandbox/repository.js'

/** web, db and cache, with ports, a volume and a network. */
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

/** The example: a typical project, whose services wait for each other. */
export function shop() {
  return readFiles(join(ROOT, 'examples/shop'))
}
