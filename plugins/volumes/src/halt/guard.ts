import { dockerAfterwards } from '@piko/plugin-compose/contract/engine'
import { createInterface } from 'node:readline'
import type { VolumesContext } from '../context.js'
import type { Halted } from './rows.js'

/** A process of its own that lets containers go on when piko says so, and also when piko can say nothing any more. */
export interface Guard {
  /** Lets them go on; whether that worked. */
  release(): Promise<boolean>
}

/** Answers when it stands. */
export async function startGuard(
  context: VolumesContext,
  { resume, containers }: { readonly resume: Halted['resume']; readonly containers: readonly string[] },
): Promise<Guard> {
  const connection = dockerAfterwards(context, [resume, ...containers])
  let broken: unknown
  connection.on('error', error => (broken ??= error)) // an abort cuts the connection, and that is its sign
  const lines = createInterface({ input: connection })[Symbol.asyncIterator]()
  const first: IteratorResult<unknown> = await lines.next()
  if (first.value !== 'ready') throw broken ?? new Error('the guard of halted containers did not start')
  return {
    async release() {
      connection.end()
      const answer: IteratorResult<unknown> | undefined = await lines.next().catch(() => undefined)
      return answer?.value === '0'
    },
  }
}
