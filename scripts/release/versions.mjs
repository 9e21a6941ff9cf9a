// Keeps one version for piko, the SDK and the plugins, in every package.json and in the lock file.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies']

/** Sets the version of each package, also in dependencies between them. Returns the changed files. */
export function setVersion(root, version) {
  const packages = packagesOf(root).map(path => ({ path, manifest: readJson(join(root, path)) }))
  const names = new Set(packages.map(({ manifest }) => manifest.name))
  for (const { path, manifest } of packages)
    writeJson(join(root, path), withVersion(manifest, { names, version }))
  return [...packages.map(({ path }) => path), ...setLocked(root, { names, version })]
}

export function packagesOf(root) {
  const plugins = readdirSync(join(root, 'plugins')).sort()
  const paths = ['package.json', 'sdk/package.json', ...plugins.map(name => `plugins/${name}/package.json`)]
  return paths.filter(path => existsSync(join(root, path)))
}

/** The lock file lists the root as `""` and each workspace under its folder. */
function setLocked(root, facts) {
  const path = join(root, 'package-lock.json')
  if (!existsSync(path)) return []
  const lock = readJson(path)
  const packages = Object.entries(lock.packages).map(([folder, entry]) => {
    const isOwn = !folder.includes('node_modules') && 'version' in entry
    return [folder, isOwn ? withVersion(entry, facts) : entry]
  })
  writeJson(path, { ...lock, version: facts.version, packages: Object.fromEntries(packages) })
  return ['package-lock.json']
}

function withVersion(manifest, { names, version }) {
  const sections = DEPENDENCIES.filter(key => manifest[key] !== undefined).map(key => [
    key,
    Object.fromEntries(
      Object.entries(manifest[key]).map(([name, range]) => [name, names.has(name) ? version : range]),
    ),
  ])
  return { ...manifest, version, ...Object.fromEntries(sections) }
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}
