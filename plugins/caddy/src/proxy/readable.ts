import type { Changes } from '@piko/sdk'
import { chmod, mkdir } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { proxyFolder, siteFolder } from './place.js'

/**
 * Writes a file below the site's folder for the proxy. Its container has no right to read files of others, so everybody
 * may read them, whatever the umask; the folder around the site is closed to other users instead.
 */
export async function writeReadable(
  { writeFile }: Pick<Changes, 'writeFile'>,
  path: string,
  text: string,
): Promise<void> {
  await openFolders(dirname(path))
  await writeFile(path, text)
  await chmod(path, 0o644)
}

async function openFolders(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(proxyFolder(), 0o700)
  for (let each = folder; !relative(siteFolder(), each).startsWith('..'); each = dirname(each))
    await chmod(each, 0o755)
}
