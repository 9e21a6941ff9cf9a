import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A package with a valid plugin, unless the options break it. */
export interface PackageOptions {
  /** The npm name. */
  readonly name: string
  /** Fields added to package.json, or replacing the usual ones. */
  readonly manifest?: object
  /** The text of its plugin module. */
  readonly module?: string
  /** Further files, by path. */
  readonly files?: Readonly<Record<string, string>>
}

/** Writes it, ready to link or publish, and returns its folder. */
export function writePackage(
  folder: string,
  { name, manifest = {}, module, files = {} }: PackageOptions,
): string {
  const root = join(folder, name.replace('/', '__'))
  const short = name.replace(/^.*plugin-/, '')
  const all = {
    'package.json': JSON.stringify({ ...usualManifest, name, ...manifest }),
    'plugin.js': module ?? pluginModule(short),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const usualManifest = {
  version: '1.2.3',
  type: 'module',
  oclif: { topicSeparator: ' ' },
  piko: { api: 1, plugin: './plugin.js' },
}

/** The source of a plugin with one step that does nothing; `more` is the source of further fields. */
export function pluginModule(name: string, more = `steps: [${stepSource(name)}]`): string {
  return `export default { name: '${name}', summary: 'A plugin of the tests', ${more} }\n`
}

/** The source of a step; `more` overrides its fields. */
export function stepSource(plugin: string, more = ''): string {
  return `{
    id: '${plugin}:work', title: 'Working', phase: 'prepare',
    do: async () => ({ made: true }), undo: async () => {}, report: () => '${plugin} did its work', ${more}
  }`
}
