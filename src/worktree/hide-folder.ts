import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../system/write-file.js'

/** Excludes one of piko's folders from git, through a file inside it, so that no file of the user's changes. */
export async function hideFolder(folder: string): Promise<void> {
  const file = join(folder, '.gitignore')
  const exists = await access(file).then(
    () => true,
    () => false,
  )
  if (!exists) await replaceFile(file, '*\n')
}
