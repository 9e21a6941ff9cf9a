// Writes oclif.manifest.json of the root and of each plugin: oclif does so only in the folder that it runs in.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const oclif = fileURLToPath(new URL('../node_modules/oclif/bin/run.js', import.meta.url))
const env = { ...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: 'true' }
const plugins = readdirSync(`${root}/plugins`).map(name => `${root}/plugins/${name}`)

for (const cwd of [...plugins, root]) {
  execFileSync(process.execPath, [oclif, 'manifest'], { cwd, stdio: ['ignore', 'ignore', 'inherit'], env })
}
