import { detailsOf } from '@piko/sdk'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addAftermath } from '../lifecycle/aftermath.js'
import { originOf } from '../lifecycle/run.js'
import type { Scope } from '../lifecycle/scope.js'
import { readStepLog } from '../lifecycle/step-log.js'
import { replaceFile } from '../system/write-file.js'

/** A rollback does not remove it; the environment's next failure replaces it, and `destroy` removes it. */
export function failureLogOf(root: string, name: string): string {
  return join(root, '.piko', 'failures', `${name}.log`)
}

/** The log of the environment's last failure, if there is one. */
export function findFailureLog(root: string, name: string): string | undefined {
  const file = failureLogOf(root, name)
  return existsSync(file) ? file : undefined
}

/** Saves the output of the failed step and services to a file that is named with the error. */
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
  addAftermath(error, { details: [`The log is in ${file}`] })
}
