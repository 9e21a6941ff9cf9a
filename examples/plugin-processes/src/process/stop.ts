import type { StepContext } from '@piko/sdk'
import { join } from 'node:path'
import { endProcess } from './end.js'
import { folderOf, readState, stateOf } from './files.js'

/** A process as a receipt keeps it. */
export type StoppedBy = {
  readonly supervisor: { readonly pid: number; readonly startedAt: string }
  readonly program?: { readonly pid: number; readonly startedAt: string }
}

/** Ends a process by what its supervisor says of itself, and by the receipt, should that be gone. The log stays. */
export async function stopProcess(
  { environment, remove }: Pick<StepContext<unknown>, 'environment' | 'remove'>,
  name: string,
  receipt: StoppedBy | undefined,
): Promise<void> {
  const folder = join(folderOf(environment), name)
  for (const traces of [readState(folder), receipt]) if (traces) await endProcess(name, traces)
  await remove(stateOf(folder))
}
