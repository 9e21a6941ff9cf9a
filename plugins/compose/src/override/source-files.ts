import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceText } from '../model/source-texts.js'
import type { Site } from '../site.js'

/** The file that holds a secret or config of the Compose file. */
export interface SourceFile extends Omit<SourceText, 'text'> {
  readonly file: string
  /** When it was written, so that a new text has a new stamp. A digest would expose a weak secret. */
  readonly stamp: string
}

type SourceFolder = Pick<Site, 'stateDir'>

/** The existing files; undefined if one does not hold its text. */
export async function readSourceFiles(
  place: SourceFolder,
  texts: readonly SourceText[],
): Promise<readonly SourceFile[] | undefined> {
  const files = await Promise.all(
    texts.map(async ({ text, ...source }) => {
      const file = fileOf(place, source)
      const current = await readFile(file, 'utf8').catch(() => undefined)
      return current === text ? { ...source, file, stamp: String((await stat(file)).mtimeMs) } : undefined
    }),
  )
  const found = files.filter(file => file !== undefined)
  return found.length === files.length ? found : undefined
}

/** Writes missing and outdated files. Any user of a container can read them; the folder is private to its owner. */
export async function writeSourceFiles(place: SourceFolder, texts: readonly SourceText[]): Promise<void> {
  if (texts.length > 0) await mkdir(folderOf(place), { recursive: true, mode: 0o700 })
  for (const source of texts) {
    if (await readSourceFiles(place, [source])) continue
    const file = fileOf(place, source)
    await rm(`${file}.new`, { force: true })
    await writeFile(`${file}.new`, source.text, { mode: 0o600 })
    await chmod(`${file}.new`, 0o444)
    await rename(`${file}.new`, file)
  }
}

/** The files that would be written, for a run that writes nothing. */
export function plannedSourceFiles(place: SourceFolder, texts: readonly SourceText[]): readonly SourceFile[] {
  return texts.map(({ text: _, ...source }) => ({ ...source, file: fileOf(place, source), stamp: '' }))
}

export async function removeSourceFiles(place: SourceFolder): Promise<void> {
  await rm(folderOf(place), { recursive: true, force: true })
}

function fileOf(place: SourceFolder, { kind, name }: Pick<SourceText, 'kind' | 'name'>): string {
  return join(folderOf(place), `${kind}-${name.replaceAll('/', '_')}`)
}

function folderOf({ stateDir }: SourceFolder): string {
  return join(stateDir, 'sources')
}
