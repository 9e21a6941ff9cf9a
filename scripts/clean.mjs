// Removes build output: dist/, build/, bundle/ and *.tsbuildinfo of the root, the SDK, the plugins and the tests.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const plugins = existsSync(join(root, 'plugins')) ? readdirSync(join(root, 'plugins')) : []
const packages = ['.', 'sdk', 'src', 'test', ...plugins.map(name => join('plugins', name))]

const isBuilt = name => ['dist', 'build', 'bundle'].includes(name) || name.endsWith('.tsbuildinfo')

for (const folder of packages.map(name => join(root, name)).filter(path => existsSync(path))) {
  for (const name of readdirSync(folder).filter(isBuilt)) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
}
