import { randomUUID } from 'node:crypto'
import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** For the user only: piko's files may hold passwords. */
export const privateModes = { folder: 0o700, file: 0o600 } as const

/**
 * Writes a file atomically by renaming a sibling over it, so that a crash never leaves it half written. Keeps its mode;
 * a new file and new folders are private.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: privateModes.folder })
  const sibling = `${path}.${randomUUID().slice(0, 8)}.new`
  try {
    await writeFile(sibling, text, { flag: 'wx', mode: privateModes.file })
    const before = await stat(path).catch(() => undefined)
    if (before) await chmod(sibling, before.mode)
    await rename(sibling, path)
  } catch (error) {
    await rm(sibling, { force: true })
    throw error
  }
}
