import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The bytes that a folder uses on disk, counted as `du` does: a hard-linked file counts once. */
export async function readFolderSize(folder: string, signal: AbortSignal): Promise<number> {
  const seen = new Set<string>()
  let bytes = 0
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    signal.throwIfAborted()
    const entries = await readdir(next, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = join(next, entry.name)
      if (entry.isDirectory()) folders.push(path)
      const stats = await lstat(path).catch(() => undefined) // removed meanwhile
      if (!stats) continue
      const id = `${stats.dev}:${stats.ino}`
      if (stats.nlink === 1 || entry.isDirectory() || !seen.has(id)) bytes += stats.blocks * blockSize
      if (stats.nlink > 1) seen.add(id)
    }
  }
  return bytes
}

/** The unit of `st_blocks` in POSIX, whatever the file system's block size. */
const blockSize = 512
