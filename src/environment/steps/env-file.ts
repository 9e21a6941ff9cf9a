import { defineStep, leadsOutside, skippedServicesSlot, type StepContext, type Warning } from '@piko/sdk'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { worktreeErrors } from '../../errors/worktree.js'
import { withManagedBlock, withoutManagedBlock } from '../../project/env-file.js'
import { isIgnored } from '../../worktree/is-ignored.js'
import { deriveVariables } from '../derived.js'
import type { Workspace } from '../../workspace/open.js'

type Receipt = { readonly file: string | null; readonly variables: Readonly<Record<string, string>> }

/** Writes the values of `env:` to the worktree's `.env` if git ignores it, otherwise to `.env.piko`. */
export function envFileStep(workspace: Workspace) {
  const templates = workspace.config.env
  return defineStep<unknown, Receipt>({
    id: 'core:env-file',
    title: 'Writing variables',
    undoTitle: 'Removing generated files',
    phase: 'prepare',
    async do(context) {
      const { environment } = context
      const skippedServices = context.collect(skippedServicesSlot, undefined).flatMap(({ value }) => value)
      const { variables, skipped } = deriveVariables(templates, { environment, skippedServices })
      for (const entry of skipped) context.warn(skippedWarning(environment.name, entry))
      const { path } = context.environment
      if (Object.keys(variables).length === 0) {
        for (const file of envFiles(path)) await removeBlock(context, file)
        return { file: null, variables }
      }
      const file = await chooseEnvFile(path)
      if (await leadsOutside(path, file)) throw worktreeErrors.WORKTREE_LINK_LEAVES({ path: file })
      const text = await readText(file)
      await context.hideFromGit(file)
      await context.writeFile(file, withManagedBlock({ path: file, text: text ?? '' }, variables))
      return { file, variables }
    },
    async undo(context, receipt) {
      const files = receipt?.file ? [receipt.file] : envFiles(context.environment.path)
      for (const file of files) await removeBlock(context, file)
    },
  })
}

function skippedWarning(environment: string, entry: { name: string; service: string }): Warning {
  const { name, service } = entry
  return {
    code: 'ENV_SKIPPED',
    message: `env.${name} is not set: ${environment} does not run ${service}`,
    hints: [`To run it, run \`piko up ${environment} ${service}\``],
  }
}

function envFiles(worktree: string): readonly string[] {
  return [join(worktree, '.env'), join(worktree, '.env.piko')]
}

async function chooseEnvFile(worktree: string): Promise<string> {
  const ignored = await isIgnored(worktree, '.env').catch(() => false) // the worktree may be missing
  return join(worktree, ignored ? '.env' : '.env.piko')
}

/** Keeps the user's part of the file. Removes the file if piko created it. */
async function removeBlock(context: StepContext<unknown>, file: string): Promise<void> {
  if (await leadsOutside(context.environment.path, file)) return
  const text = await readText(file)
  if (text === undefined) return
  const own = withoutManagedBlock({ path: file, text })
  if (own === text) return
  await (own === '' ? context.remove(file) : context.writeFile(file, own))
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
