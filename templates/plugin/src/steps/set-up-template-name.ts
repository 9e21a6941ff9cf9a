import { defineStep, type StepContext } from '@piko/sdk'
import { join } from 'node:path'
import type { Config } from '../config.js'

/** Writes a file to the worktree. Replace this with what template-name is for. */
export const setUpTemplateName = defineStep({
  id: 'template-name:set-up',
  title: 'Setting up template-name',
  phase: 'prepare',

  /** Makes the change and returns the receipt. Running it twice has the same effect as running it once. */
  async do({ environment, writeFile, hideFromGit }: StepContext<Config>) {
    const file = fileOf(environment)
    await hideFromGit(file)
    await writeFile(file, `${JSON.stringify({ environment: environment.name }, null, 2)}\n`)
    return { file }
  },

  /** Undoes the change, perhaps in another process on another day. Without a receipt, `do` did not finish. */
  async undo({ environment, remove }, receipt) {
    await remove(receipt?.file ?? fileOf(environment))
  },

  report: () => 'Set up template-name',
})

export function fileOf({ path }: { readonly path: string }): string {
  return join(path, 'template-name.json')
}
