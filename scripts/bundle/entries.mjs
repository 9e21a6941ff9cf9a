// The modules that are loaded by name: each gets its own file in the bundle, all in one folder.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const CORE_MODULES = ['start/execute', 'oclif/own-plugins', 'output/help']
const PLUGIN_MODULES = ['plugin']
const FOLDERS = ['commands', 'hooks']

/** esbuild's table of entry points: the name in the bundle, and the source. */
export function entryPoints(packages) {
  return Object.fromEntries(
    packages.flatMap(({ owner, root }) => {
      const source = join(root, 'src')
      const modules = [
        ...(owner === 'core' ? CORE_MODULES : PLUGIN_MODULES),
        ...FOLDERS.flatMap(modulesIn(source)),
      ]
      return modules.map(module => [bundleName(owner, module), join(source, `${module}.ts`)])
    }),
  )
}

/** "compose.commands.ps" for dist/commands/ps.js of compose. */
export function bundleName(owner, module) {
  const name = module
    .replace(/^\.?\/?dist\//, '')
    .replace(/\.js$/, '')
    .replaceAll('/', '.')
  return owner === 'core' ? name : `${owner}.${name}`
}

const modulesIn = source => folder => {
  if (!existsSync(join(source, folder))) return []
  const files = readdirSync(join(source, folder), { recursive: true }).map(String)
  return files.filter(file => file.endsWith('.ts')).map(file => join(folder, file.slice(0, -'.ts'.length)))
}
