import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The location of the copy in a plugin's package. */
const place = 'vendor/piko-sdk'

/**
 * Copies the SDK of this piko into a plugin's package, as a workspace that npm bundles. Neither developing nor
 * installing the plugin then needs @piko/sdk from a registry. Returns the folder that was added.
 */
export async function addLocalSdk(plugin: string): Promise<string> {
  const source = join(dirname(fileURLToPath(import.meta.resolve('@piko/sdk'))), '..')
  const folder = join(plugin, place)
  await mkdir(folder, { recursive: true })
  const isIncluded = (path: string) => !basename(path).endsWith('.tsbuildinfo')
  await cp(join(source, 'dist'), join(folder, 'dist'), { recursive: true, filter: isIncluded })
  // npm would install a workspace's development dependencies.
  await editJson(join(source, 'package.json'), {
    to: join(folder, 'package.json'),
    without: ['devDependencies'],
  })
  const manifest = join(plugin, 'package.json')
  await editJson(manifest, { with: { workspaces: [place], bundleDependencies: ['@piko/sdk'] } })
  return `${place}/`
}

interface Edit {
  readonly to?: string
  readonly with?: object
  readonly without?: readonly string[]
}

async function editJson(file: string, { to = file, with: added = {}, without = [] }: Edit): Promise<void> {
  const entries = Object.entries(JSON.parse(await readFile(file, 'utf8')) as object)
  const kept = Object.fromEntries(entries.filter(([key]) => !without.includes(key)))
  await writeFile(to, `${JSON.stringify({ ...kept, ...added }, null, 2)}\n`)
}
