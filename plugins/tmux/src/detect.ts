import type { Detection } from '@piko/sdk'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Active if tmux is on the PATH. A variable turns it off for all projects. */
export async function detect(): Promise<Detection> {
  if (process.env['PIKO_NO_TMUX']) return { wanted: false, because: 'PIKO_NO_TMUX is set' }
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (await isProgram(join(folder, 'tmux'))) return { wanted: true, because: 'tmux is installed' }
  }
  return { wanted: false, because: 'tmux is not on the PATH' }
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
