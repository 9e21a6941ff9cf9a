// The packages with reference pages: core, then the first-party plugins by name.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

/** `{owner, root, manifest}`: "core" or a plugin's short name, its folder, its package.json. */
export function findPackages() {
  const folder = join(ROOT, 'plugins')
  const plugins = readdirSync(folder).filter(name => existsSync(join(folder, name, 'package.json')))
  return [packageAt(ROOT, 'core'), ...plugins.sort().map(name => packageAt(join(folder, name), name))]
}

function packageAt(root, owner) {
  return { owner, root, manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) }
}
