import { defineStep, type StepContext } from '@piko/sdk'
import { basename, join } from 'node:path'
import type { Config } from '../config.js'

/** Writes a note into the worktree. */
export const writeNote = defineStep({
  id: 'template-name:write-note',
  title: 'Writing the note',
  phase: 'prepare',

  /** Makes the change; what it returns is the receipt. Running it twice is the same as running it once. */
  async do({ config, environment, writeFile, hideFromGit }: StepContext<Config>) {
    const file = noteOf(environment)
    await hideFromGit(file)
    await writeFile(file, `${config.text ?? ''}\n`)
    return { file }
  },

  /** Takes it back, perhaps in another process on another day. Without a receipt, `do` did not come to its end. */
  async undo({ environment, remove }, receipt) {
    await remove(receipt?.file ?? noteOf(environment))
  },

  report: ({ file }) => `Wrote ${basename(file)}`,
})

export function noteOf({ path }: { readonly path: string }): string {
  return join(path, 'template-name.txt')
}
