import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../system/write-file.js'

/** Keeps a folder of piko's own out of git, itself included, without a line in any file of the user's. */
export async function hideFolder(folder: string): Promise<void> {
  const file = join(folder, '.gitignore')
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (!isThere) await replaceFile(file, '*\n')
}
