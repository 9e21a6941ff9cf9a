import { randomUUID } from 'node:crypto'
import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file atomically by renaming a sibling over it, so that a crash never leaves it half written. Keeps its mode.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const sibling = `${path}.${randomUUID().slice(0, 8)}.new`
  try {
    await writeFile(sibling, text, { flag: 'wx' })
    const before = await stat(path).catch(() => undefined)
    if (before) await chmod(sibling, before.mode)
    await rename(sibling, path)
  } catch (error) {
    await rm(sibling, { force: true })
    throw error
  }
}
