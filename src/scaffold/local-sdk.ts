import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the copy is in a plugin's package. */
const place = 'vendor/piko-sdk'

/**
 * Copies the SDK that this piko runs with into a plugin's package, as a workspace that npm packs along: neither working on
 * the plugin nor installing it takes @piko/sdk from a registry. Answers the folder that was added.
 */
export async function addLocalSdk(plugin: string): Promise<string> {
  const source = join(dirname(fileURLToPath(import.meta.resolve('@piko/sdk'))), '..')
  const folder = join(plugin, place)
  await mkdir(folder, { recursive: true })
  const isWanted = (path: string) => !basename(path).endsWith('.tsbuildinfo')
  await cp(join(source, 'dist'), join(folder, 'dist'), { recursive: true, filter: isWanted })
  // As a workspace it would have its development dependencies installed.
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
