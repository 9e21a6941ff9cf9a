import { access, chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { privateModes, replaceFile } from '../system/write-file.js'

/**
 * Excludes one of piko's folders from git, through a file inside it, so that no file of the user's changes. Closes it to
 * other users: it holds state, logs and dumps.
 */
export async function hideFolder(folder: string): Promise<void> {
  const file = join(folder, '.gitignore')
  await mkdir(folder, { recursive: true, mode: privateModes.folder })
  await chmod(folder, privateModes.folder) // also one from an earlier version
  const exists = await access(file).then(
    () => true,
    () => false,
  )
  if (!exists) await replaceFile(file, '*\n')
}
