import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { readOwnPackages } from '../oclif/own-packages.js'

interface Package {
  readonly name?: string
  readonly oclif?: {
    readonly hooks?: object
    readonly plugins?: readonly (string | UserPlugin)[]
  }
}

interface UserPlugin {
  readonly name: string
  /** The folder of a linked plugin. */
  readonly root?: string
}

/** Whether the user has installed or linked a plugin, as far as oclif's list of them tells. */
export function hasUserPlugins(): boolean {
  return readUserPlugins().length > 0
}

/** Whether one of them acts around every command, or replaces one of piko's own. */
export function hasHooksOfUser(): boolean {
  return readUserPlugins().some(({ name, root }) => {
    const { oclif } = readJson(join(root ?? join(dataDir(), 'node_modules', name), 'package.json'))
    return oclif?.hooks !== undefined || readOwnPackages().some(({ pjson }) => pjson.name === name)
  })
}

function readUserPlugins(): readonly UserPlugin[] {
  const { oclif } = readJson(join(dataDir(), 'package.json'))
  return (oclif?.plugins ?? []).map(plugin => (typeof plugin === 'string' ? { name: plugin } : plugin))
}

/** Where oclif keeps them. */
function dataDir(): string {
  const { PIKO_DATA_DIR, XDG_DATA_HOME, HOME } = process.env
  return PIKO_DATA_DIR || join(XDG_DATA_HOME || join(HOME || homedir(), '.local/share'), 'piko')
}

/** A file that is missing or damaged is empty, as it is for oclif. */
function readJson(file: string): Package {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Package
  } catch {
    return {}
  }
}
