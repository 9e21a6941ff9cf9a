import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where piko keeps what is true for the whole machine: `$XDG_STATE_HOME/piko`. */
export function machineStateDir(): string {
  const base = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state')
  return join(base, 'piko')
}
