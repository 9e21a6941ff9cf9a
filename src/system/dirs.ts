import { homedir } from 'node:os'
import { join } from 'node:path'

/** State of the whole machine: `$XDG_STATE_HOME/piko`. */
export function machineStateDir(): string {
  const base = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return join(base, 'piko')
}

/** Files that may be deleted at any time: `$XDG_CACHE_HOME/piko`. */
export function machineCacheDir(): string {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(base, 'piko')
}
