import type { ToolRequirement } from '@piko/sdk'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { machineCacheDir } from '../system/dirs.js'
import { replaceFile } from '../system/write-file.js'

/** Asks for a version, unless the answer is known for what is installed. */
export async function recallVersion(
  tool: ToolRequirement,
  ask: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const installed = await installationOf(tool)
  if (installed === undefined) return ask()
  const file = join(machineCacheDir(), 'tools', installed)
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known !== undefined) return known
  const version = await ask()
  // A cache that cannot be written only costs time.
  if (version !== undefined) await replaceFile(file, version).catch(() => undefined)
  return version
}

/** A digest of the files that a tool is installed as; undefined where there are none. */
async function installationOf({ command, installedAt }: ToolRequirement): Promise<string | undefined> {
  const found = await Promise.all((installedAt?.() ?? []).map(describeFile))
  const there = found.filter(file => file !== undefined)
  if (there.length === 0) return undefined
  return createHash('sha256')
    .update(JSON.stringify([command, there]))
    .digest('hex')
    .slice(0, 32)
}

async function describeFile(path: string) {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? [path, found.size, found.mtimeMs] : undefined
}
