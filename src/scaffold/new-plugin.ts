import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scaffoldErrors } from '../errors/scaffold.js'
import { addLocalSdk } from './local-sdk.js'

const template = fileURLToPath(new URL('../../templates/plugin', import.meta.url))

export interface NewPlugin {
  /** The short name. */
  readonly name: string
  /** The folder to create. */
  readonly folder: string
  /** The version range, or the path of a tarball or folder, that npm installs as `@piko/sdk`. */
  readonly sdk: string
  /** Whether to add a copy of the SDK to the package. */
  readonly isLocal?: boolean
}

/** Creates the folder of a new plugin from the template, completely or not at all. Returns its files, sorted. */
export async function makePlugin({
  name,
  folder,
  sdk,
  isLocal = false,
}: NewPlugin): Promise<readonly string[]> {
  if (existsSync(folder)) throw scaffoldErrors.PLUGIN_FOLDER_THERE({ folder })
  const draft = join(dirname(folder), `.${basename(folder)}-${randomUUID().slice(0, 8)}`)
  try {
    await cp(template, draft, { recursive: true })
    const files = await filesIn(draft)
    const words = wordsFor(name, sdk)
    for (const file of files) await fillIn(draft, { file, words })
    const added = isLocal ? [await addLocalSdk(draft)] : []
    await rename(draft, folder)
    return [...files.map(file => nameOf(file, words)), ...added].sort()
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

type Words = readonly (readonly [string, string])[]

/** The template's placeholders and their values. */
function wordsFor(name: string, sdk: string): Words {
  const pascal = name.replaceAll(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase())
  return [
    ['template-name', name],
    ['TemplateName', pascal],
    ['sdk-version', existsSync(sdk) ? `file:${resolve(sdk)}` : sdk],
  ]
}

async function fillIn(root: string, { file, words }: { file: string; words: Words }): Promise<void> {
  const text = await readFile(join(root, file), 'utf8')
  await rm(join(root, file))
  await writeFile(join(root, nameOf(file, words)), replaceWords(text, words))
}

/** npm omits `.gitignore` files from packages, so the template's has no dot. */
function nameOf(file: string, words: Words): string {
  return replaceWords(file.replace(/^gitignore$/, '.gitignore'), words)
}

function replaceWords(text: string, words: Words): string {
  return words.reduce((filled, [word, value]) => filled.replaceAll(word, value), text)
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
}
