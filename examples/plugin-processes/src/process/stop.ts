import type { StepContext } from '@piko/sdk'
import { join } from 'node:path'
import { endProcess } from './end.js'
import { folderOf, readState, stateOf } from './files.js'

/** A process as stored in a receipt. */
export type StoppedBy = {
  readonly supervisor: { readonly pid: number; readonly startedAt: string }
  readonly program?: { readonly pid: number; readonly startedAt: string }
}

/** Ends a process using its supervisor's report and, in case that was removed, the receipt. Keeps the log. */
export async function stopProcess(
  { environment, remove }: Pick<StepContext<unknown>, 'environment' | 'remove'>,
  name: string,
  receipt: StoppedBy | undefined,
): Promise<void> {
  const folder = join(folderOf(environment), name)
  for (const traces of [readState(folder), receipt]) if (traces) await endProcess(name, traces)
  await remove(stateOf(folder))
}
