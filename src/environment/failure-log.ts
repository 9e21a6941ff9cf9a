import { detailsOf } from '@piko/sdk'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { tellAftermath } from '../lifecycle/aftermath.js'
import { originOf } from '../lifecycle/run.js'
import type { Scope } from '../lifecycle/scope.js'
import { readStepLog } from '../lifecycle/step-log.js'
import { replaceFile } from '../system/write-file.js'

/** Outside of what a rollback removes; the next failure of the environment replaces it, and `destroy` removes it. */
export function failureLogOf(root: string, name: string): string {
  return join(root, '.piko', 'failures', `${name}.log`)
}

/** Keeps what the failed step and the failed services said in a file, which is named with the error. */
export async function keepFailureLog(
  error: unknown,
  { project, logDir }: Pick<Scope, 'project' | 'logDir'>,
  name: string,
): Promise<void> {
  const step = originOf(error)?.step
  const printed = step === undefined ? undefined : await readStepLog(logDir, step)
  const logs = [
    ...(step === undefined || printed === undefined ? [] : [{ name: step, text: printed }]),
    ...(detailsOf(error)?.logs ?? []),
  ]
  if (logs.length === 0) return
  const file = failureLogOf(project.root, name)
  const parts = logs.map(log => `==> ${log.name} <==\n${log.text.trimEnd()}\n`)
  await replaceFile(file, parts.join('\n'))
  await chmod(file, 0o600) // logs may hold secrets
  tellAftermath(error, { details: [`The log is in ${file}`] })
}
