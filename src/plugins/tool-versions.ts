import type { ToolRequirement } from '@piko/sdk'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { machineCacheDir } from '../system/dirs.js'
import { replaceFile } from '../system/write-file.js'

/** Returns the cached version of a tool. Calls `ask` if the tool's files have changed since, or if it is not cached. */
export async function cachedVersion(
  tool: ToolRequirement,
  ask: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const installed = await installationOf(tool)
  if (installed === undefined) return ask()
  const file = join(machineCacheDir(), 'tools', installed)
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known !== undefined) return known
  const version = await ask()
  // Without a writable cache, piko is only slower.
  if (version !== undefined) await replaceFile(file, version).catch(() => undefined)
  return version
}

/** A digest of the installed files of a tool. Undefined if files are none. */
async function installationOf({ command, installedAt }: ToolRequirement): Promise<string | undefined> {
  const found = await Promise.all((installedAt?.() ?? []).map(describeFile))
  const files = found.filter(file => file !== undefined)
  if (files.length === 0) return undefined
  return createHash('sha256')
    .update(JSON.stringify([command, files]))
    .digest('hex')
    .slice(0, 32)
}

async function describeFile(path: string) {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? [path, found.size, found.mtimeMs] : undefined
}
