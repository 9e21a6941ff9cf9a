import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Files } from '../sandbox/repository.js'

/** A Node server with a mounted source tree and one dependency in an ignored `node_modules`. */
export const mounted: Files = {
  'compose.yaml': `services:
  api:
    image: node:20
    working_dir: /app
    command: node server.mjs
    init: true
    stop_signal: SIGKILL
    ports: ['3000']
    healthcheck: { test: [CMD, 'true'], interval: 3s }
    volumes: ['.:/app']
`,
  'package.json': '{ "name": "app", "version": "1.0.0", "dependencies": { "pg": "1.0.0" } }\n',
  'package-lock.json': '{ "lockfileVersion": 3 }\n',
  'server.mjs': `import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { name } from 'pg'
try { writeFileSync('node_modules/pg/written', 'by a container') } catch {}
createServer((_, answer) => answer.end(name + '\\n')).listen(3000)
`,
  '.gitignore': 'node_modules/\nvendor/\n.venv/\n',
}

/** A package in some `node_modules`. */
export function addPackage(folder: string, name: string, text = `from ${name}`): void {
  const place = join(folder, name)
  mkdirSync(place, { recursive: true })
  writeFileSync(
    join(place, 'package.json'),
    JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
  )
  writeFileSync(join(place, 'index.js'), `export const name = ${JSON.stringify(text)}\n`)
}

export function addLink(path: string, aim: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(aim, path)
}
